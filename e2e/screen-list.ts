import type { Person } from "./people";

type Screen = { path: (accountId: string) => string; title: string; person?: Person };

const account =
  (rest = "") =>
  (id: string) =>
    `/accounts/${id}${rest}`;

/** One of each page and of its states, with who may see it. */
export const screens: readonly Screen[] = [
  { path: () => "/sign-in", title: "Sign in" },
  { path: () => "/register", title: "" },
  { path: () => "/forgot-password", title: "" },
  { path: () => "/accounts", title: "Accounts", person: "ada" },
  { path: () => "/accounts/open", title: "Open an account", person: "ada" },
  { path: account(), title: "Account", person: "ada" },
  { path: account("/deposit"), title: "Deposit", person: "ada" },
  { path: account("/withdraw"), title: "Withdraw", person: "ada" },
  { path: account("/close"), title: "Close account", person: "ada" },
  { path: account("/timeline"), title: "Timeline", person: "ada" },
  { path: account("/timeline?event=300"), title: "Timeline", person: "ada" },
  { path: account("/as-of"), title: "As of", person: "ada" },
  { path: account("/as-of?when=end+of+march+2026"), title: "As of", person: "ada" },
  { path: () => "/settings", title: "Settings", person: "ada" },
  { path: () => "/change-password", title: "", person: "ada" },
  { path: () => "/accounts", title: "Accounts", person: "teller" },
  { path: () => "/accounts/open", title: "Open an account", person: "teller" },
  { path: account("/timeline?event=300"), title: "Timeline", person: "auditor" },
  { path: () => "/activity", title: "Activity", person: "auditor" },
  { path: () => "/operations", title: "Operations", person: "operator" },
];
