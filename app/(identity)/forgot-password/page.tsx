import type { Metadata } from "next";
import { Link } from "@/app/_components/link";
import { PageHead } from "@/app/_components/page-head";
import { requestLinkAction } from "./action";
import { ForgotPasswordForm } from "./form";

export const metadata: Metadata = { title: "Forgot the password" };

export default function ForgotPasswordPage() {
  return (
    <>
      <PageHead title="Forgot the password?" lede="We send you a link with which you choose a new one." />
      <ForgotPasswordForm action={requestLinkAction} />
      <p className="mt-6">
        <Link href="/sign-in">Back to sign in</Link>
      </p>
    </>
  );
}
