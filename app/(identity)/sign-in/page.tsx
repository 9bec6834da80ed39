import type { Metadata } from "next";
import { Banner } from "@/app/_components/banner";
import { Link } from "@/app/_components/link";
import { PageHead } from "@/app/_components/page-head";
import { ownPath } from "@/app/_server/return-to";
import { demoLogins } from "@/app/_server/signing-in";
import { demoSignInAction, signInAction } from "./action";
import { DemoPeople } from "./demo-people";
import { SignInForm } from "./form";

export const metadata: Metadata = { title: "Sign in" };

const news = {
  out: "You are signed out.",
  reset: "Your new password holds. Sign in with it.",
} as const;

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { returnTo, after } = await searchParams;
  const back = ownPath(returnTo);
  const people = await demoLogins();
  return (
    <>
      <PageHead title="Sign in" />
      {after === "out" || after === "reset" ? (
        <div className="mb-6">
          <Banner tone="credit" role="status" title={news[after]} />
        </div>
      ) : null}
      {people.length > 0 ? <DemoPeople people={people} action={demoSignInAction} returnTo={back} /> : null}
      {people.length > 0 ? <h2 className="mb-4">Or with your own login</h2> : null}
      <SignInForm action={signInAction} returnTo={back} />
      <p className="mt-6">
        <Link href="/forgot-password">Forgot the password?</Link> New here? <Link href="/register">Become a customer</Link>.
      </p>
    </>
  );
}
