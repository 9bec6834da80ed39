import { Link } from "@/app/_components/link";
import { AccountSwitcher, type SwitcherAccount } from "./account-switcher";
import { BrandMark } from "./brand-mark";
import { PersonMenu } from "./person-menu";
import { type Place, Places } from "./places";

type Role = "customer" | "teller" | "auditor" | "operator";

export type MastheadViewer = {
  name: string;
  /** By which the ink of the initials is chosen. */
  number: string;
  role: Role;
  /** Of a customer: the first nine, by number. */
  accounts: readonly SwitcherAccount[];
};

const placesOf: Readonly<Record<Role, readonly Place[]>> = {
  customer: [{ href: "/accounts", text: "Accounts" }],
  teller: [
    { href: "/accounts", text: "Accounts" },
    { href: "/activity", text: "Activity" },
  ],
  auditor: [
    { href: "/accounts", text: "Accounts" },
    { href: "/activity", text: "Activity" },
  ],
  operator: [{ href: "/operations", text: "Operations" }],
};

/** One row: mark, account switcher, places, the person's menu. It wraps before it overflows. A dashed line on top is the demo. */
export function Masthead({ viewer, demo }: { viewer: MastheadViewer | undefined; demo: boolean }) {
  return (
    <header className="masthead sticky top-0 z-40 border-b-[3px] border-double border-rule-strong bg-paper print:hidden">
      {demo ? <div className="border-t-2 border-dashed border-warn opacity-75" /> : null}
      <div className="mx-auto flex min-h-13 max-w-page items-center gap-x-3 px-gutter max-md:flex-wrap max-md:pt-1">
        <Link
          href="/"
          className="inline-flex min-h-8 min-w-6 items-center gap-2 font-serif text-[1.3125rem] leading-none tracking-[-0.015em] text-ink no-underline [&_svg]:size-6"
        >
          <BrandMark />
          <span className={viewer ? "max-lg:sr-only" : undefined}>Daybook</span>
        </Link>
        {viewer && viewer.accounts.length > 0 ? <AccountSwitcher accounts={viewer.accounts} /> : null}
        {viewer ? (
          <>
            <div className="flex flex-wrap items-center gap-x-2 self-stretch max-md:order-last max-md:basis-full">
              <Places places={placesOf[viewer.role]} />
            </div>
            <PersonMenu name={viewer.name} number={viewer.number} role={viewer.role} />
          </>
        ) : null}
      </div>
    </header>
  );
}
