import { ChevronDown, LogOut, Settings } from "lucide-react";
import { BrandMark } from "./brand-mark";
import { Link } from "./link";
import { MastheadNav, type NavLink } from "./masthead-nav";

export type MastheadViewer = { name: string; role: "customer" | "teller" | "auditor" | "operator" };

const roleWords = { customer: "Customer", teller: "Teller", auditor: "Auditor", operator: "Operator" } as const;

const linksOf: Readonly<Record<MastheadViewer["role"], readonly NavLink[]>> = {
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

/** The bar at the top: wordmark, the viewer's places, the DEMO mark and the viewer's menu. */
export function Masthead({ viewer, demo }: { viewer: MastheadViewer | undefined; demo: boolean }) {
  return (
    <header className="masthead">
      <div className="masthead-row">
        <Link href="/" className="wordmark">
          <BrandMark />
          Daybook
        </Link>
        {viewer ? <MastheadNav links={linksOf[viewer.role]} /> : null}
        {demo ? <span className="demo-badge">DEMO</span> : null}
        {viewer ? <UserMenu viewer={viewer} /> : null}
      </div>
    </header>
  );
}

function UserMenu({ viewer }: { viewer: MastheadViewer }) {
  return (
    <details className="user-menu">
      <summary>
        <span className="who">
          {viewer.name}
          <small>{roleWords[viewer.role]}</small>
          <span className="sr-only">: menu</span>
        </span>
        <ChevronDown aria-hidden="true" />
      </summary>
      <div className="user-menu-panel">
        <Link href="/settings">
          <Settings aria-hidden="true" /> Settings
        </Link>
        <Link href="/sign-out">
          <LogOut aria-hidden="true" /> Sign out
        </Link>
      </div>
    </details>
  );
}
