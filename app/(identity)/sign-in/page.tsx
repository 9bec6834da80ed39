import type { Metadata } from "next";
import { Banner } from "@/app/_components/banner";
import { Link } from "@/app/_components/link";
import { PageHead } from "@/app/_components/page-head";
import { ForgetDrafts } from "@/app/_forms/forget-drafts";
import { ownPath } from "@/app/_server/return-to";
import { currentActor } from "@/app/_server/session";
import { demoLogins } from "@/app/_server/signing-in";
import { wasJustDone } from "@/app/_server/told-once";
import { wasUnsent } from "@/app/_server/unsent-form";
import { demoSignInAction, signInAction } from "./action";
import { DemoPeople } from "./demo-people";
import { SignInForm } from "./form";

export const metadata: Metadata = { title: "Sign in" };

const news = {
  out: "You are signed out.",
  reset: "Your new password holds. Sign in with it.",
} as const;

/** What the address says has just happened, where it is so: anybody can write an address. */
async function trueNews(after: unknown): Promise<keyof typeof news | undefined> {
  if (after === "out") return (await currentActor()) === null ? "out" : undefined;
  return after === "reset" && (await wasJustDone("reset")) ? "reset" : undefined;
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { returnTo, after } = await searchParams;
  const back = ownPath(returnTo);
  const people = await demoLogins();
  const told = await trueNews(after);
  const isUnsent = back !== "/" && (await wasUnsent(back));
  return (
    <>
      <PageHead title="Sign in" />
      {told === "out" ? <ForgetDrafts /> : null}
      {told ? (
        <div className="mb-6">
          <Banner tone="credit" role="status" title={news[told]} />
        </div>
      ) : null}
      {isUnsent ? (
        <div className="mb-6">
          <Banner tone="warn" role="status" title="You were signed out before your form was sent">
            <p>Nothing was booked, and nothing was changed. Sign in, and you come back to it.</p>
          </Banner>
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
