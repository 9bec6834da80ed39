import type { Metadata } from "next";
import { Link } from "@/app/_components/link";
import { PageHead } from "@/app/_components/page-head";
import { requireActor } from "@/app/_server/session";
import { changePasswordAction } from "./action";
import { ChangePasswordForm } from "./form";

export const metadata: Metadata = { title: "Change the password" };

export default async function ChangePasswordPage() {
  await requireActor();
  return (
    <>
      <PageHead title="Change the password" lede="Every other session of yours ends with it." />
      <ChangePasswordForm action={changePasswordAction} />
      <p className="mt-6">
        <Link href="/settings">Back to settings</Link>
      </p>
    </>
  );
}
