import type { Metadata } from "next";
import { AccountNumberText, accountTitle } from "@/app/_components/account-name";
import { Banner } from "@/app/_components/banner";
import { Link } from "@/app/_components/link";
import { PageHead } from "@/app/_components/page-head";
import { UnreadableText } from "@/app/_components/unreadable-row";
import { zoneChoices } from "@/app/_moments/zone-choices";
import { type AccountList, listAccounts } from "@/app/_server/accounts";
import { bankZone } from "@/app/_server/book";
import { formKey } from "@/app/_server/form-key";
import { wasJustDone } from "@/app/_server/told-once";
import { isUnreadableRow } from "@/app/_server/unreadable-rows";
import { requireViewer, type Viewer } from "@/app/_server/viewer";
import { formatCustomerNumber } from "@/domain/customer-number";
import { unitsMax } from "@/domain/text/bounds";
import { nameAccount, saveAction } from "./actions";
import { NicknameForm } from "./nickname-form";
import { PasswordSection } from "./password-section";
import { SettingsForm } from "./settings-form";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ searchParams }: PageProps<"/settings">) {
  const { after, accounts } = await searchParams;
  const from = typeof accounts === "string" && accounts.length <= unitsMax.cursor ? accounts : undefined;
  const viewer = await requireViewer();
  const { name, email, customerNumber, chosenZone, chosenFormat, languageFormat, theme, singleKeys } = viewer;
  const own =
    viewer.actor.role === "customer"
      ? await listAccounts(viewer, { q: "", status: "all", sort: "number", after: from })
      : undefined;
  const bank = await bankZone();
  return (
    <>
      <PageHead
        title="Settings"
        lede={`Signed in as ${email}.${customerNumber ? ` Your customer number is ${formatCustomerNumber(customerNumber)}.` : ""}`}
      />
      {after === "password" && (await wasJustDone("password")) ? (
        <div className="mb-6">
          <Banner tone="credit" role="status" title="Your new password holds">
            <p>Every other session of yours has ended. This one goes on.</p>
          </Banner>
        </div>
      ) : null}
      <div className="grid gap-8">
        <SettingsForm
          action={saveAction}
          formKey={formKey(viewer, "settings")}
          current={{ name, zone: chosenZone, format: chosenFormat, theme, singleKeys }}
          bankZone={bank}
          languageFormat={languageFormat}
          zones={zoneChoices(chosenZone ?? bank)}
        />
        {own && (own.accounts.length > 0 || from) ? <Nicknames list={own} viewer={viewer} first={!from} /> : null}
        <PasswordSection />
      </div>
    </>
  );
}

/** A page of the person's accounts, each with the name that they gave it. `first`: the first page. */
function Nicknames({ list, viewer, first }: { list: AccountList; viewer: Viewer; first: boolean }) {
  return (
    <section aria-labelledby="nicknames" className="max-w-[36rem]">
      <h2 id="nicknames">Names for your accounts</h2>
      <p className="page-lede mb-4">Only you see them.</p>
      <ul className="sheet">
        {list.accounts.map((account) => (
          <li
            key={isUnreadableRow(account) ? account.id : account.accountId}
            className="border-b border-rule p-4 last:border-b-0"
          >
            {isUnreadableRow(account) ? (
              <UnreadableText row={account} name={account.of && viewer.nicknames.get(account.of.accountId)} />
            ) : (
              <NicknameForm
                action={nameAccount}
                formKey={formKey(viewer, `${account.accountId}/nickname`)}
                accountId={account.accountId}
                nickname={account.nickname ?? ""}
                label={accountTitle({ ...account, nickname: null })}
              >
                <AccountNumberText number={account.accountNumber} />
              </NicknameForm>
            )}
          </li>
        ))}
      </ul>
      {list.next || !first ? (
        <nav className="pager" aria-label="Pages of accounts">
          {first ? <span /> : <Link href="/settings#nicknames">Back to the first accounts</Link>}
          {list.next ? <Link href={`/settings?accounts=${encodeURIComponent(list.next)}#nicknames`}>More accounts</Link> : null}
        </nav>
      ) : null}
    </section>
  );
}
