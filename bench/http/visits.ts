import { newCommandId } from "@/infra/ids";
import { type Browser, createBrowser } from "./browser";
import type { Customer } from "./customers";
import { type Form, formWith } from "./form";

export const visitNames = ["accounts", "account", "timeline", "as-of", "deposit-form", "deposit"] as const;

/** What a signed-in customer does, each once through HTTP. Anything but the answer that is wanted throws. */
export type Visits = Readonly<Record<(typeof visitNames)[number], () => Promise<void>>> & { close(): void };

/** Signs a customer in as a browser without scripts does, and has them read the form that their deposits are sent with. */
export async function openVisits(origin: string, customer: Customer): Promise<Visits> {
  const browser = createBrowser(origin);
  await signIn(browser, customer);
  const home = `/accounts/${customer.accountId}`;
  const form = await formAt(browser, `${home}/deposit`, "amount");
  const load = (path: string) => async () => {
    const { status } = await browser.get(path);
    if (status !== 200) throw new Error(`${path} was answered with ${status}`);
  };
  const span = customer.lastAt.getTime() - customer.firstAt.getTime();
  const moment = () => new Date(customer.firstAt.getTime() + Math.random() * span);
  return {
    accounts: load("/accounts"),
    account: load(home),
    timeline: load(`${home}/timeline`),
    "as-of": () => load(`${home}/as-of?t=${moment().toISOString()}`)(),
    "deposit-form": load(`${home}/deposit`),
    /** The action alone: a form that is rendered carries a new id, hence each that is sent does. */
    async deposit() {
      const commandId = newCommandId();
      const typed = { commandId, amount: "1.00", description: "groceries at the corner", step: "post" };
      const { status, location } = await browser.post(`${home}/deposit`, form, typed);
      if (status !== 303 || !location?.includes(commandId))
        throw new Error(`a deposit was answered with ${status}, to ${location}`);
    },
    close: browser.close,
  };
}

async function signIn(browser: Browser, { email, password }: Customer): Promise<void> {
  const { status, location } = await browser.post("/sign-in", await formAt(browser, "/sign-in", "password"), { email, password });
  if (status !== 303) throw new Error(`a sign-in was answered with ${status}, to ${location}`);
}

async function formAt(browser: Browser, path: string, field: string): Promise<Form> {
  return formWith(field, (await browser.get(path)).text());
}
