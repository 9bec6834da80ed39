import type { Typed } from "@/app/_forms/command-state";

/** The answer to what an operator wished for; granted, it leads elsewhere. `error`: of the pace that was typed. */
export type WishState =
  | { kind: "idle" }
  | { kind: "invalid"; typed: Typed; error: string | undefined }
  | { kind: "refused"; typed: Typed; text: string };
