import { createHash } from "node:crypto";
import { idFrom } from "@/domain/id-from";
import { type AccountId, type CommandId, parseAccountId, parseCommandId } from "@/domain/ids";

/** Ids that the seed determines, so that a seeding that was killed goes on with the same ones. */
export function derivedCommandId(seed: string, at: Date, name: string): CommandId {
  return must(parseCommandId(idFrom("cmd", at.getTime(), digest(`${seed} command ${name}`))));
}

export function derivedAccountId(seed: string, at: Date, name: string): AccountId {
  return must(parseAccountId(idFrom("acc", at.getTime(), digest(`${seed} account ${name}`))));
}

function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest().subarray(0, 10);
}

function must<T>(id: T | undefined): T {
  if (id === undefined) throw new Error("A derived id is malformed");
  return id;
}
