import { Button } from "@/app/_components/button";

type Person = { email: string; name: string; role: "customer" | "teller" | "auditor" | "operator" };

const can = {
  customer: "has accounts and moves money",
  teller: "does so for customers",
  auditor: "reads everything, changes nothing",
  operator: "keeps it running",
} as const;

/** One click for each of the people of the demo book. */
export function DemoPeople({ people, action, returnTo }: { people: readonly Person[]; action: (form: FormData) => Promise<void>; returnTo: string }) {
  return (
    <section aria-labelledby="demo-people" className="mb-8">
      <h2 id="demo-people">Look around as</h2>
      <p className="page-lede mb-4">This is a demonstration book. Its people and their money are invented; anybody may be any of them.</p>
      <ul className="choices">
        {people.map(({ email, name, role }) => (
          <li key={email}>
            <form action={action}>
              <input type="hidden" name="email" value={email} />
              <input type="hidden" name="returnTo" value={returnTo} />
              <Button type="submit" className="w-full flex-col gap-0">
                <span>{name}</span>
                <small className="text-xs text-ink-2">
                  {role}: {can[role]}
                </small>
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
