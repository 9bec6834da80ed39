import { getURLFromRedirectError } from "next/dist/client/components/redirect";
import { isRedirectError } from "next/dist/client/components/redirect-error";

/** Whether an action ended because nobody is signed in: it leads to the page of signing in, and nothing was done. */
export function leadsToSignIn(error: unknown): boolean {
  return isRedirectError(error) && /^\/sign-in(\?|$)/.test(getURLFromRedirectError(error));
}
