import type { CommandState } from "@/app/_forms/command-state";

/** What is about to be booked, computed by the bank, with the typed input carried along. */
export function ReviewRows({ state }: { state: Extract<CommandState, { kind: "review" }> }) {
  return (
    <>
      <h2>Check before it is booked</h2>
      <input type="hidden" name="amount" value={state.typed.amount ?? ""} />
      <input type="hidden" name="description" value={state.typed.description ?? ""} />
      <dl className="review">
        {state.rows.map((row) => (
          <div key={row.label}>
            <dt>{row.label}</dt>
            <dd>{row.text}</dd>
          </div>
        ))}
      </dl>
      <p className="field-hint">An entry is never rubbed out. A mistake is put right by another entry.</p>
    </>
  );
}
