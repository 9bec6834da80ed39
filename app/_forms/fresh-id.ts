import { idFrom } from "@/domain/id-from";

/** A command id made by the browser, for an intent that began here: a form that is filled in after its first id was spent. */
export const freshCommandId = (): string => idFrom("cmd", Date.now(), crypto.getRandomValues(new Uint8Array(10)));
