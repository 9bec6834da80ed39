import { demoPassword, demoPeople } from "@/infra/demo/people";
import { newCommandId } from "@/infra/ids";
import type { Action } from "./actions";

type Fields = Readonly<Record<string, string>>;

/** What a page of ours would send for an action: every field that its form has, filled so that it would take effect. */
export function soundFields({ name }: Pick<Action, "name">, account: string): Fields {
  const make = forms[name];
  if (!make) throw new Error(`nobody said which fields ${name} takes`);
  return make(account);
}

const [{ email }] = demoPeople;
const newPassword = "seven slow herons at dusk";

const forms: Readonly<Record<string, (account: string) => Fields>> = {
  deposit: (accountId) => ({
    commandId: newCommandId(),
    accountId,
    format: "1,234.56",
    amount: "1.00",
    description: "an attack",
    source: "",
    step: "post",
  }),
  withdraw: (accountId) => ({
    commandId: newCommandId(),
    accountId,
    format: "1,234.56",
    amount: "1.00",
    description: "an attack",
    step: "post",
  }),
  close: (accountId) => ({ commandId: newCommandId(), accountId, step: "post" }),
  openAccount: () => ({ commandId: newCommandId(), currency: "EUR", product: "current", holder: "", step: "post" }),
  nameAccount: (accountId) => ({ accountId, nickname: "attacked" }),
  saveAction: () => ({ name: "Somebody Else", zone: "", numberFormat: "1,234.56", theme: "system", singleKeyShortcuts: "on" }),
  changePasswordAction: () => ({ currentPassword: demoPassword, newPassword }),
  retry: (accountId) => ({ accountId }),
  operate: () => ({ name: "account_balances", wish: "rebuild", offer: "start", workers: "1", pace: "" }),
  signInAction: () => ({ email, password: demoPassword, returnTo: "/" }),
  demoSignInAction: () => ({ email, returnTo: "/" }),
  registerAction: () => ({ name: "Somebody New", email: "somebody.new@daybook.example", password: newPassword }),
  requestLinkAction: () => ({ email }),
  resetPasswordAction: () => ({ token: "nosuchtoken000000000000000000000", password: newPassword }),
  signOutAction: () => ({}),
};
