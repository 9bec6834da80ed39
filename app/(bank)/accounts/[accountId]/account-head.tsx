import type { ReactNode } from "react";
import { AccountNumberText, accountTitle } from "@/app/_components/account-name";
import { Badge } from "@/app/_components/badge";
import { Link } from "@/app/_components/link";
import { PageHead } from "@/app/_components/page-head";
import type { AccountSummary } from "@/app/_server/accounts";

/** The head that the pages of one account share. */
export function AccountHead({ account, staff, actions }: { account: AccountSummary; staff: boolean; actions?: ReactNode }) {
  return (
    <PageHead
      crumb={<Link href="/accounts">Accounts</Link>}
      title={
        <span className="flex flex-wrap items-center gap-x-3">
          {accountTitle(account)}
          {account.status === "closed" ? <Badge>Closed</Badge> : null}
          {account.doubtedFrom === null ? null : <Badge tone="warn">Under review</Badge>}
        </span>
      }
      lede={
        <>
          <AccountNumberText number={account.accountNumber} />
          {staff && account.holders.length > 0 ? (
            <>
              {" "}
              · held by {account.holders.join(", ")} ({account.holderFacts.join("; ")})
            </>
          ) : null}
        </>
      }
      actions={actions}
    />
  );
}

const tabs = [
  { key: "account", path: "", text: "Account" },
  { key: "timeline", path: "/timeline", text: "Timeline" },
  { key: "as-of", path: "/as-of", text: "As of" },
] as const;

/** The three ways to look at an account: now, event by event, at a moment. */
export function AccountTabs({ accountId, current }: { accountId: string; current: (typeof tabs)[number]["key"] }) {
  return (
    <nav className="tabs" aria-label="Views of this account">
      {tabs.map(({ key, path, text }) => (
        <Link
          key={key}
          href={`/accounts/${accountId}${path}`}
          aria-current={key === current ? "page" : undefined}
          data-shortcut={key === "as-of" ? "t" : undefined}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
