import { keepValue, readValue } from "./kept-values";

const name = "spent";
const countMax = 500; // of one browser, the latest; an older id is found to be spent by the bank itself
const spentHere = new Set<string>(); // where storage is switched off

/** A definite answer to this command has come: no form of this browser begins anything new under its id. */
export function spend(commandId: string): void {
  spentHere.add(commandId);
  const known = spentIds().filter((id) => id !== commandId);
  keepValue("browser", name, [...known, commandId].slice(-countMax));
}

/** Whether a definite answer was seen to this command, in whatever tab, page or copy of a page. */
export function isSpent(commandId: string): boolean {
  return spentHere.has(commandId) || spentIds().includes(commandId);
}

function spentIds(): readonly string[] {
  const kept = readValue("browser", name);
  return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
}
