"use client";

import { unstable_isUnrecognizedActionError } from "next/navigation";
import { type EdgeWords, readEdgeText } from "./edge-words";

/** What came in place of an action's answer. */
export type Failure =
  /** This page is of another build than the bank. */
  | { kind: "older" }
  /** The bank's edge refused it in words. Nothing was done. */
  | { kind: "told"; words: EdgeWords }
  /** There was no network when it was to be sent. Nothing was done. */
  | { kind: "offline" }
  /** The connection broke: it may have arrived. */
  | { kind: "lost" }
  /** Somebody else than the bank answered: it may have arrived. */
  | { kind: "foreign" }
  /** The bank's own fault, logged under the reference: it may have been done. */
  | { kind: "failed"; reference: string };

const askMsMax = 8_000;

/** Whether the bank can be out of reach for want of a network; on this very machine it is not. To be asked before sending. */
export const isOffline = (): boolean => !navigator.onLine && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname);

/** What became of sending a form, from the error that came of it. Nothing is sent again. `wasOffline`: before it was sent. */
export async function explainFailure(error: unknown, form: FormData, wasOffline: boolean): Promise<Failure> {
  if (unstable_isUnrecognizedActionError(error)) return { kind: "older" };
  const { message, digest } = error as { message?: unknown; digest?: unknown };
  if (typeof digest === "string") return { kind: "failed", reference: digest };
  const words = readEdgeText(String(message));
  if (words) return { kind: "told", words };
  if (wasOffline && error instanceof TypeError) return { kind: "offline" };
  const checked = await askEdge(form);
  if (checked === "silent") return { kind: "lost" };
  if (checked === "foreign") return { kind: "foreign" };
  if (checked === "sound") return { kind: error instanceof TypeError ? "lost" : "foreign" };
  return { kind: "told", words: checked };
}

/**
 * The bank's own checks of this page's origin, of a form's size, and of whether it can answer at all, without effect. `foreign`: somebody else
 * answered; `silent`: nobody did.
 */
export async function askEdge(form?: FormData): Promise<EdgeWords | "sound" | "foreign" | "silent"> {
  const headers: HeadersInit = form
    ? { "x-daybook-form-bytes": String(sizeOf(form)), "x-daybook-form-path": location.pathname }
    : {};
  const signal = AbortSignal.timeout(askMsMax);
  const asked = { method: "POST", headers, cache: "no-store", redirect: "manual", signal } as const; // a redirect is not ours
  const answer = await fetch("/api/form-check", asked).then(
    (response) => response.text(),
    () => undefined,
  );
  if (answer === undefined) return "silent";
  return answer === '{"daybook":"sound"}' ? "sound" : (readEdgeText(answer) ?? "foreign");
}

function sizeOf(form: FormData): number {
  let length = 0;
  for (const [name, value] of form) length += name.length + (typeof value === "string" ? value.length : value.size);
  return length;
}
