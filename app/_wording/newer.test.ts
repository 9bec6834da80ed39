import { expect, test } from "vitest";
import type { AccountCommand } from "@/domain/account/commands";
import type { AccountRefusal } from "@/domain/account/refusals";
import { commandWord } from "./command";
import { refusalText } from "./refusal";

const writing = { exponent: 2, format: "1,234.56" } as unknown as Parameters<typeof refusalText>[1];

test("a refusal and a command of a newer build are told by their names, and cost nobody the page", () => {
  const told = refusalText({ code: "over_daily_limit" } as unknown as AccountRefusal, writing);
  expect(told).toMatchObject({
    title: expect.stringContaining("does not know"),
    text: expect.stringContaining("over_daily_limit"),
  });
  expect(commandWord("TransferMoney" as AccountCommand["type"])).toBe("TransferMoney (newer than this server)");
  expect(commandWord("DepositMoney")).toBe("Deposit");
});
