import { parseCommandId } from "@/domain/ids";
import { unreachable } from "@/domain/unreachable";
import { runtime } from "@/infra/runtime";
import type { LookedUp } from "../_forms/look-up";
import { lookUpCommand } from "./look-up-command";
import type { PlainPage } from "./plain-page";
import { ownPath } from "./return-to";

const againSeconds = 4;

/** Past it nothing of what was sent can still be on its way into the book: see the writer's own limits. */
const inDoubtMsMax = 15_000;

/** The address that says what became of a form that was sent without scripts, and asks again by itself until it is known. */
export function checkingAddress(sent: { commandId: string; form: string }): string {
  const query = new URLSearchParams({ command: sent.commandId, form: sent.form, since: Date.now().toString() });
  return `/checking?${query}`;
}

/** A page, or the address that shows what became of the form. */
export async function checkingPage(asked: { command: string; form: string; since: string }): Promise<PlainPage | string> {
  const form = ownPath(asked.form);
  const commandId = parseCommandId(asked.command);
  if (!commandId) return unsent(form);
  const here = `/checking?${new URLSearchParams({ ...asked, form })}`;
  const found = await look(commandId);
  switch (found.kind) {
    case "done":
      return found.to;
    case "signed_out":
      return `/sign-in?returnTo=${encodeURIComponent(here)}`;
    case "refused":
      return {
        status: 200,
        title: found.title,
        text: [found.text, "Nothing was booked."],
        link: { href: form, text: "Back to the form" },
      };
    case "absent":
      return Date.now() - Number(asked.since) > inDoubtMsMax ? unsent(form) : wait(here);
    case "deciding":
    case "unknown":
      return wait(here);
    default:
      return unreachable(found);
  }
}

async function look(commandId: Parameters<typeof lookUpCommand>[0]): Promise<LookedUp> {
  if (!(await runtime().reach.answers())) return { kind: "unknown" };
  return lookUpCommand(commandId).catch((): LookedUp => ({ kind: "unknown" }));
}

const wait = (here: string): PlainPage => ({
  status: 503,
  title: "We don’t know yet. Checking",
  text: [
    "The book did not answer in time, so it is not known whether your form was booked.",
    `This page looks again every ${againSeconds} seconds, and shows the answer once it is known. You need not send the form again.`,
  ],
  link: { href: here, text: "Look again now" },
  again: { seconds: againSeconds, href: here },
});

const unsent = (form: string): PlainPage => ({
  status: 200,
  title: "It was not booked",
  text: ["Your form did not reach the book, and nothing was booked or changed. Fill it in again."],
  link: { href: form, text: "To the form" },
});
