"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";

/** The submit button of a form with an action: disabled and reworded ("Posting…") while the answer is awaited. */
export function SubmitButton({
  children,
  pending: pendingText,
  isPending,
  variant = "primary",
}: {
  children: ReactNode;
  pending: string;
  /** Where a script sends the form itself; without it React knows. */
  isPending?: boolean;
  variant?: "primary" | "plain" | "danger";
}) {
  const status = useFormStatus();
  const pending = isPending ?? status.pending;
  return (
    <Button type="submit" variant={variant} aria-disabled={pending} onClick={(event) => pending && event.preventDefault()}>
      {pending ? pendingText : children}
    </Button>
  );
}
