import { parseArgs } from "node:util";
import { findAccount } from "@/cli/find-account";
import { withDatabase } from "@/cli/launch/with-database";
import type { AccountId } from "@/domain/ids";
import { createPool } from "@/infra/postgres/connect";
import { eraseTexts, textsOf } from "@/projections/erase-texts";

export const usage = `
Usage: npm run daybook -- erase <account number or id> --confirm <the same again>

Makes every personal text of an account (its descriptions) unreadable for ever: destroys the key that they are sealed with, and takes them
out of the read models, in one transaction. Amounts, dates and hashes stay: the log still verifies. There is no way back.
Without --confirm it only says what would be erased.

A backup made before still holds the key. Destroy such backups when their time has come; after restoring one, erase again.
`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { confirm: { type: "string" } },
    allowPositionals: true,
  });
  const [account, ...rest] = positionals;
  if (account === undefined || rest.length > 0) {
    console.error(usage.trim());
    return 2;
  }
  return withDatabase(async ({ ownerUrl }) => {
    const pool = createPool(ownerUrl, { max: 1, name: "daybook erase" }); // no login of the application may destroy a key
    try {
      const accountId = await findAccount(pool, account);
      const found = accountId && (await textsOf(pool, accountId));
      if (!accountId || !found) {
        console.error(`There is no account ${account}.`);
        return 1;
      }
      if (values.confirm !== account) {
        console.error(`${accountId} holds ${found.texts} texts${found.erasedAt ? ", erased already" : ""}. Nothing was erased.`);
        console.error(`To erase them for ever: npm run daybook -- erase ${account} --confirm ${account}`);
        return 2;
      }
      return await erase(pool, accountId);
    } finally {
      await pool.end();
    }
  });
}

async function erase(pool: Parameters<typeof eraseTexts>[0], accountId: AccountId): Promise<number> {
  const erasure = await eraseTexts(pool, accountId);
  if (erasure.kind === "no_such_account") throw new Error(`${accountId} is gone`);
  if (erasure.kind === "erased_before") {
    console.log(`The texts of ${accountId} were erased before${erasure.at ? `, at ${erasure.at.toISOString()}` : ""}.`);
    return 0;
  }
  console.log(
    `Erased ${erasure.texts} texts of ${accountId}. Pages that are open in a running bank may show them for one minute more.`,
  );
  console.log(
    "Backups made before now still hold the key: destroy them when their time has come, and erase again after restoring one.",
  );
  return 0;
}
