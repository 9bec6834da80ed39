import { expect, test } from "vitest";
import { cannotShow, cannotTake } from "./cannot-answer";

const formOf = (fields: Readonly<Record<string, string>>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
};

test("a form is kept on the page that answers it, to be sent again as it was", () => {
  const page = cannotTake("database_away", "/accounts/acc_1/deposit", formOf({ $ACTION_KEY: "k", amount: "12" }));
  expect(page.status).toBe(503);
  expect(page.form).toEqual({
    action: "/accounts/acc_1/deposit",
    fields: [
      ["$ACTION_KEY", "k"],
      ["amount", "12"],
    ],
    button: "Send it again",
  });
});

test.each([{ password: "secret" }, { newPassword: "secret" }, { token: "t" }, { text: "a".repeat(100_001) }])(
  "a form with a secret, or too long for a page, is not",
  (fields) => expect(cannotTake("database_away", "/", formOf(fields)).form).toBeUndefined(),
);

test("a page asks again by itself, at its own address", () => {
  expect(cannotShow("database_away", "/accounts?q=a").again).toEqual({ seconds: 5, href: "/accounts?q=a" });
});
