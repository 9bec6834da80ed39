import type { Metadata } from "next";
import { Link } from "@/app/_components/link";
import { PageHead } from "@/app/_components/page-head";
import { registerAction } from "./action";
import { RegisterForm } from "./form";

export const metadata: Metadata = { title: "Become a customer" };

export default function RegisterPage() {
  return (
    <>
      <PageHead title="Become a customer" lede="Then open an account in any currency and pay in." />
      <RegisterForm action={registerAction} />
      <p className="mt-6">
        A customer already? <Link href="/sign-in">Sign in</Link>.
      </p>
    </>
  );
}
