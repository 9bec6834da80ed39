"use client";

import { Button } from "./button";

/** The unexpected. The server has logged it under the digest; nothing of it is shown here. */
export function Unexpected({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <div className="page-narrow" role="alert">
      <h1>Something went wrong on our side</h1>
      <p className="page-lede mb-6">
        Nothing is booked twice: a form that is sent again is recognised.
        {error.digest ? ` If it happens again, quote reference ${error.digest}.` : ""}
      </p>
      <Button variant="primary" onClick={() => retry()}>
        Try again
      </Button>
    </div>
  );
}
