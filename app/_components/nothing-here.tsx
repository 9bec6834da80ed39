import { ButtonLink } from "./button";

/** The same words for "not there" and "not yours". */
export function NothingHere() {
  return (
    <div className="page-narrow">
      <h1>There is nothing at this address</h1>
      <p className="page-lede mb-6">
        It may never have existed, or it may not be yours to see. Check the link, or start from your accounts.
      </p>
      <ButtonLink href="/">Go to the start</ButtonLink>
    </div>
  );
}
