import { Banner } from "@/app/_components/banner";
import { Link } from "@/app/_components/link";
import type { AccountView } from "@/app/_server/account";

const shown: Readonly<Record<string, string>> = {
  account_balances: "balance",
  account_entries: "entries",
  daily_balances: "chart",
};

/** Where what the page shows is older than the book, because one event of the account could not be posted. */
export function HeldNotice({ account: { accountId, held } }: { account: AccountView }) {
  const views = Object.keys(shown).flatMap((name) =>
    held[name] === undefined ? [] : [{ name: shown[name], version: held[name] }],
  );
  if (views.length === 0) return null;
  const versions = [...new Set(views.map(({ version }) => version))].sort((a, b) => a - b);
  const [first] = versions;
  return (
    <div className="mb-6">
      <Banner tone="warn" title={`This account is held at event ${first}`}>
        <p>
          The book is complete, but that event could not be posted, and later ones wait for it in order.{" "}
          {versions.map((version) => {
            const names = views.filter((view) => view.version === version).map(({ name }) => `the ${name}`);
            return (
              <span key={version}>
                Here {listed(names)} {names.length > 1 || names[0] === "the entries" ? "are" : "is"}{" "}
                {version === 1 ? "still empty" : `true up to event ${version - 1}`}.{" "}
              </span>
            );
          })}
          The bank’s operators have been told.
        </p>
        <p>
          <Link href={`/accounts/${accountId}/timeline`}>See every event in the timeline</Link>
        </p>
      </Banner>
    </div>
  );
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
