import { Button } from "../_components/button";
import { Link } from "../_components/link";
import type { Replayed } from "./command-state";

/** What was done before can be looked at, or done once more: one deliberate click, under a new id. */
export function ReplayedChoice({ state, pending }: { state: Replayed; pending: boolean }) {
  return (
    <>
      {Object.entries(state.typed).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="actions">
        <Link href={state.to as "/"} className="button button-primary">
          See it
        </Link>
        {state.again === undefined ? null : (
          <Button type="submit" name="step" value="post" aria-disabled={pending}>
            {pending ? "Sending…" : state.again}
          </Button>
        )}
      </div>
    </>
  );
}
