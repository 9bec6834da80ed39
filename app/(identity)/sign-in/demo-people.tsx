import { Button } from "@/app/_components/button";

type Person = { email: string; name: string; role: "customer" | "teller" | "auditor" | "operator"; about: string };
type Props = { people: readonly Person[]; action: (form: FormData) => Promise<void>; returnTo: string };

/** One click for each of the people of the demo book: one of each role first, the rest behind a fold. */
export function DemoPeople({ people, action, returnTo }: Props) {
  const first = people.filter((person, i) => people.findIndex(({ role }) => role === person.role) === i);
  const others = people.filter((person) => !first.includes(person));
  return (
    <section aria-labelledby="demo-people" className="mb-8">
      <h2 id="demo-people">Look around as</h2>
      <p className="page-lede mb-4">
        This is a demonstration book. Its people and their money are invented; anybody may be any of them.
      </p>
      <PeopleList people={first} action={action} returnTo={returnTo} />
      {others.length > 0 ? (
        <details className="mt-4">
          <summary className="text-accent">{others.length} more people</summary>
          <div className="mt-3">
            <PeopleList people={others} action={action} returnTo={returnTo} />
          </div>
        </details>
      ) : null}
    </section>
  );
}

function PeopleList({ people, action, returnTo }: Props) {
  return (
    <ul className="choices">
      {people.map(({ email, name, role, about }) => (
        <li key={email}>
          <form action={action} className="h-full">
            <input type="hidden" name="email" value={email} />
            <input type="hidden" name="returnTo" value={returnTo} />
            <Button type="submit" className="h-full w-full flex-col gap-0">
              <span>
                {name}, {role}
              </span>
              <small className="text-xs font-normal text-ink-2">{about}</small>
            </Button>
          </form>
        </li>
      ))}
    </ul>
  );
}
