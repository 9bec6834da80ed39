import type { StateField } from "@/app/_server/inspect-event";

/** The account's state on both sides of an event; changes are marked by a sign and a word, not by colour alone. */
export function StateDiff({ fields }: { fields: readonly StateField[] }) {
  return (
    <table className="diff">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, before, after }) => {
          const changed = before !== after;
          return (
            <tr key={name} className={changed ? "changed" : undefined}>
              <th scope="row">{name}</th>
              <td>{before ?? "–"}</td>
              <td>
                {changed ? (
                  <>
                    <span aria-hidden="true">◆ </span>
                    <span className="sr-only">changed to </span>
                  </>
                ) : null}
                {after ?? "–"}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
