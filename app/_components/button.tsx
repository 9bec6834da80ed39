import type { ComponentProps } from "react";
import { Link, type LinkProps } from "./link";

type Look = { variant?: "plain" | "primary" | "quiet" | "danger"; small?: boolean };

const classOf = ({ variant = "plain", small = false }: Look, extra: string | undefined) =>
  ["button", variant === "plain" ? "" : `button-${variant}`, small ? "button-small" : "", extra ?? ""].filter(Boolean).join(" ");

/** A button. `type` defaults to "button"; a form's own button says `type="submit"`. */
export function Button({ variant, small, className, type = "button", ...rest }: ComponentProps<"button"> & Look) {
  return <button type={type} className={classOf(look(variant, small), className)} {...rest} />;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink<Href>({ variant, small, className, ...rest }: LinkProps<Href> & Look) {
  return <Link<Href> className={classOf(look(variant, small), className)} {...(rest as LinkProps<Href>)} />;
}

const look = (variant: Look["variant"], small: boolean | undefined): Look => ({
  ...(variant ? { variant } : {}),
  ...(small ? { small } : {}),
});
