import type { Metadata } from "next";
import { ButtonLink } from "@/app/_components/button";
import { PageHead } from "@/app/_components/page-head";
import { SubmitButton } from "@/app/_components/submit-button";
import { signOutAction } from "./action";

export const metadata: Metadata = { title: "Sign out" };

/** A link must not sign anybody out by being followed: it leads here, and the button does. */
export default function SignOutPage() {
  return (
    <>
      <PageHead
        title="Sign out?"
        lede="This ends your session in this browser. Others stay signed in; changing the password ends them."
      />
      <form action={signOutAction} className="actions">
        <SubmitButton pending="Signing out…">Sign out</SubmitButton>
        <ButtonLink href="/">Stay</ButtonLink>
      </form>
    </>
  );
}
