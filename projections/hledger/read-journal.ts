export type Posting = { account: string; minor: bigint; digits: number; commodity: string; asserted: bigint | undefined };
export type Transaction = { date: string; code: string; description: string; comment: string; postings: Posting[] };
export type Journal = { transactions: Transaction[]; commodities: ReadonlyMap<string, number>; accounts: ReadonlySet<string> };

const ignored = /^(?:[;#*].*|\s*)$/;
const transactionLine = /^(\d{4}-\d\d-\d\d)(?: ([*!]))?(?: \(([^)]*)\))?(?: ([^;]*))?(?:;(.*))?$/;
const postingLine = /^ +([^ ](?:[^ ;]| (?! ))*?) {2,}(.*)$/;
const amountText = /^(-?)(\d+)(?:\.(\d+))? ([A-Z]{3})(?: = (-?)(\d+)(?:\.(\d+))? ([A-Z]{3}))?$/;

/**
 * Reads the grammar of hledger's journals, as far as a journal of ours may use it, and throws on every other line: for tests that hold our
 * export against the format without the program. Any line break that some reader may take for one is one.
 */
export function readJournal(text: string): Journal {
  const transactions: Transaction[] = [];
  const commodities = new Map<string, number>();
  const accounts = new Set<string>();
  let open: Transaction | undefined;
  for (const line of text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)) {
    if (ignored.test(line)) open = undefined;
    else if (line.startsWith(" ")) {
      if (!open) throw new Error(`a posting outside a transaction: ${line}`);
      open.postings.push(readPosting(line));
    } else if (/^\d/.test(line)) {
      open = readTransaction(line);
      transactions.push(open);
    } else readDirective(line, commodities, accounts);
  }
  return { transactions, commodities, accounts };
}

/** What `hledger check --strict ordereddates` would: declared, in order, each transaction in balance, each assertion true. Balances by account. */
export function checkJournal({ transactions, commodities, accounts }: Journal): ReadonlyMap<string, bigint> {
  const balances = new Map<string, bigint>();
  let date = "";
  for (const transaction of transactions) {
    if (transaction.date < date) throw new Error(`${transaction.code} is dated before the one above it`);
    date = transaction.date;
    const sums = new Map<string, bigint>();
    for (const { account, commodity, minor, digits, asserted } of transaction.postings) {
      if (!accounts.has(account)) throw new Error(`${account} is not declared`);
      if (commodities.get(commodity) !== digits) throw new Error(`${transaction.code}: ${digits} digits of ${commodity}`);
      sums.set(commodity, (sums.get(commodity) ?? 0n) + minor);
      const key = `${account} ${commodity}`;
      balances.set(key, (balances.get(key) ?? 0n) + minor);
      if (asserted !== undefined && asserted !== balances.get(key))
        throw new Error(`${transaction.code}: ${key} is ${balances.get(key)}, and ${asserted} is asserted`);
    }
    for (const [commodity, sum] of sums) if (sum !== 0n) throw new Error(`${transaction.code}: ${sum} ${commodity} left over`);
  }
  return balances;
}

function readTransaction(line: string): Transaction {
  const match = transactionLine.exec(line);
  if (!match) throw new Error(`not a transaction: ${line}`);
  const [, date = "", , code = "", description = "", comment = ""] = match;
  return { date, code, description: description.trim(), comment: comment.trim(), postings: [] };
}

function readPosting(line: string): Posting {
  const [, account = "", rest = ""] = postingLine.exec(line) ?? [];
  const match = amountText.exec(rest);
  if (!match || account === "") throw new Error(`not a posting: ${line}`);
  const [, sign, whole = "", decimals = "", commodity = "", signThen, wholeThen, decimalsThen = "", commodityThen] = match;
  if (commodityThen !== undefined && commodityThen !== commodity) throw new Error(`another commodity asserted: ${line}`);
  const asserted = wholeThen === undefined ? undefined : BigInt(`${signThen}${wholeThen}${decimalsThen}`);
  return { account, minor: BigInt(`${sign}${whole}${decimals}`), digits: decimals.length, commodity, asserted };
}

function readDirective(line: string, commodities: Map<string, number>, accounts: Set<string>): void {
  const commodity = /^commodity 1000\.(0*) ([A-Z]{3})$/.exec(line);
  const account = /^account ([^ ;]+)(?: {2};.*)?$/.exec(line);
  if (commodity) commodities.set(commodity[2] ?? "", (commodity[1] ?? "").length);
  else if (account) accounts.add(account[1] ?? "");
  else if (line !== "decimal-mark .") throw new Error(`not a line of a journal: ${line}`);
}
