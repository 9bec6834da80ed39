import type { Report } from "@/soak/check/model";
import { type Attempt, isDefinite } from "@/soak/history";

type Span = { command: string; askedMs: number; answeredMs: number; position: number; done: boolean };

/**
 * Real time: the position of an answer lies between asking and answering. So nothing asked after an answer at position P was answered can
 * stand before P, nor at P if it did something. Holds for refusals too: each was true at some moment between its question and its answer.
 */
export function checkOrder(attempts: readonly Attempt[], report: Report): void {
  const spans = new Map<string, Span>();
  for (const { who, command, askedMs, answeredMs, answer } of attempts) {
    const key = `${who.userId} ${command}`;
    const before = spans.get(key);
    const definite =
      isDefinite(answer) && answeredMs !== null
        ? { answeredMs, position: Number(answer.position), done: answer.kind === "done" }
        : undefined;
    spans.set(key, {
      command,
      askedMs: Math.min(askedMs, before?.askedMs ?? askedMs),
      answeredMs: Math.min(definite?.answeredMs ?? Number.POSITIVE_INFINITY, before?.answeredMs ?? Number.POSITIVE_INFINITY),
      position: definite?.position ?? before?.position ?? 0,
      done: definite?.done ?? before?.done ?? false,
    });
  }
  const answered = [...spans.values()].filter(({ answeredMs }) => answeredMs < Number.POSITIVE_INFINITY);
  const byAnswer = [...answered].sort((a, b) => a.answeredMs - b.answeredMs);
  const byQuestion = [...answered].sort((a, b) => a.askedMs - b.askedMs);
  let seen = 0;
  let reached = 0;
  for (const { command, askedMs, position, done } of byQuestion) {
    for (let one = byAnswer[seen]; one && one.answeredMs < askedMs; one = byAnswer[++seen])
      reached = Math.max(reached, one.position);
    if (position < reached || (done && position === reached))
      report("order", `${command} was asked when the book was known to have reached ${reached}, and stands at ${position}`);
  }
}
