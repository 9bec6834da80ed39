import { lastWhere, type Model, type Report } from "@/soak/check/model";
import type { PastAnswer, ViewAnswer } from "@/soak/history";

type State = { status?: string; balance?: string };

/** I7, by the model: what was said of the past during the run is what the whole log says of it. */
export function checkPast(model: Model, answers: readonly PastAnswer[], report: Report): void {
  for (const { accountId, t, final, pin, version, state, balance } of answers) {
    const tMs = Date.parse(t);
    const until = final ? Number.POSITIVE_INFINITY : Number(pin?.position ?? 0);
    const point = lastWhere(
      model.streams.get(accountId) ?? [],
      ({ recordedMs, position }) => recordedMs <= tMs && position <= until,
    );
    const said = state as State;
    const where = `${accountId} as of ${t} (${final ? "final" : `pinned to ${pin?.position}`})`;
    if ((point?.version ?? 0) !== version)
      report("I7", `${where} was answered from version ${version}; it is ${point?.version ?? 0}`);
    else if (point && (said.status !== point.status || said.balance !== String(point.balance)))
      report("I7", `${where} was answered ${said.status} with ${said.balance}; it is ${point.status} with ${point.balance}`);
    if (final && balance !== (point ? String(point.balance) : null))
      report("I7", `${where}: the balance alone was answered ${balance}; it is ${point?.balance ?? "not open"}`);
  }
}

/** I6, during the run: a balance shown was true at the position shown with it. */
export function checkViews(model: Model, answers: readonly ViewAnswer[], report: Report): void {
  for (const { accountId, position, version, balance } of answers) {
    const point = lastWhere(model.streams.get(accountId) ?? [], (candidate) => candidate.position <= Number(position));
    if (point?.version !== version || String(point.balance) !== balance)
      report(
        "I6",
        `${accountId} was shown with ${balance} at version ${version} as of position ${position}; it had ${point?.balance} at ${point?.version}`,
      );
  }
}
