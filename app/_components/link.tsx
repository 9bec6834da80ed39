// biome-ignore lint/style/noRestrictedImports: the one place that everybody else links through
import NextLink, { type LinkProps as NextLinkProps } from "next/link";

export type LinkProps<Href> = NextLinkProps<Href>;

/**
 * A link of ours. Next would ask the server about each link that comes into view, and again after each live refresh: 53 requests for one look at an
 * account, none of which brings anything, since every page here is made for its viewer at the moment of the click.
 */
export function Link<Href>(props: LinkProps<Href>) {
  return <NextLink<Href> prefetch={false} {...props} />;
}
