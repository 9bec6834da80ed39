import type { Metadata } from "next";
import { Banner } from "@/app/_components/banner";
import { ButtonLink } from "@/app/_components/button";
import { PageHead } from "@/app/_components/page-head";
import { linkOwnerHere } from "@/app/_server/signing-in";
import { resetPasswordAction } from "./action";
import { ResetPasswordForm } from "./form";

export const metadata: Metadata = { title: "Choose a password", robots: { index: false } };

export default async function ResetPasswordPage({ params }: PageProps<"/reset-password/[token]">) {
  const { token } = await params;
  const owner = await linkOwnerHere(token);
  if (!owner) {
    return (
      <>
        <PageHead title="Choose a password" />
        <Banner tone="warn" title="This link has been used or has run out">
          <p className="mb-4">A link works once, and not for long. Staff ask the operator for another.</p>
          <ButtonLink href="/forgot-password">Ask for another link</ButtonLink>
        </Banner>
      </>
    );
  }
  return (
    <>
      <PageHead title="Choose a password" lede={`For ${owner.email}. Every open session of this login ends.`} />
      <ResetPasswordForm action={resetPasswordAction} token={token} email={owner.email} />
    </>
  );
}
