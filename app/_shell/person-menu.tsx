import { LogOut, Settings } from "lucide-react";
import { Link } from "@/app/_components/link";
import { Popover } from "./popover";
import { Face } from "./tile";

const roleWords = { customer: "customer", teller: "teller", auditor: "auditor", operator: "operator" } as const;

const item =
  "flex min-h-11 items-center gap-3 rounded-control px-3 py-1 text-ink no-underline hover:bg-accent-wash [&_svg]:size-4 [&_svg]:text-ink-3";

/** Who is signed in, and what is theirs alone. */
export function PersonMenu({ name, number, role }: { name: string; number: string; role: keyof typeof roleWords }) {
  return (
    <>
      <button
        type="button"
        popoverTarget="me"
        aria-label={`${name}, ${roleWords[role]}: menu`}
        className="ms-auto inline-flex min-h-control min-w-6 items-center rounded-full px-1 hover:bg-sunken"
      >
        <Face name={name} number={number} />
      </button>
      <Popover id="me" label="Your menu" at="end" width="w-60">
        <p className="px-3 pt-2 pb-1 text-xs font-semibold text-ink-3">
          {name}, {roleWords[role]}
        </p>
        <Link href="/settings" className={item}>
          <Settings aria-hidden="true" /> Settings
        </Link>
        <Link href="/sign-out" className={item}>
          <LogOut aria-hidden="true" /> Sign out
        </Link>
      </Popover>
    </>
  );
}
