import type { BuildTooOld } from "./schema-standing";

/** On globalThis: Next loads a module up to three times in one process, and what one of them learns holds for all. */
const slot = Symbol.for("daybook.outdated.1");
type Holder = { [slot]?: BuildTooOld };

/** Why this process answers nothing any more; undefined as long as it may work. */
export function outdated(): BuildTooOld | undefined {
  return (globalThis as Holder)[slot];
}

/** From now on every page and route answers that this server is being replaced. */
export function becomeOutdated(why: BuildTooOld): void {
  (globalThis as Holder)[slot] = why;
}
