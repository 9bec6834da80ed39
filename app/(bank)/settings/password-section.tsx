import { ButtonLink } from "@/app/_components/button";

/** The password is changed on a page of its own. */
export function PasswordSection() {
  return (
    <section aria-labelledby="password" className="max-w-[36rem]">
      <h2 id="password">Password</h2>
      <p className="page-lede mb-4">Changing it signs you out everywhere else.</p>
      <ButtonLink href="/change-password">Change the password</ButtonLink>
    </section>
  );
}
