"use client";

import { ChevronDown } from "lucide-react";
import { usePathname } from "next/navigation";
import { Link } from "@/app/_components/link";
import { Popover } from "./popover";
import { Tile } from "./tile";

/** Texts as they are shown: this runs in the browser too. */
export type SwitcherAccount = { id: string; name: string; number: string; balance: string };

/** The account that one is at, or the first one, and the way to the others. */
export function AccountSwitcher({ accounts }: { accounts: readonly SwitcherAccount[] }) {
  const pathname = usePathname();
  const at = accounts.find(({ id }) => pathname.startsWith(`/accounts/${id}`));
  const shown = at ?? accounts[0];
  if (!shown) return null;
  return (
    <>
      <button
        type="button"
        popoverTarget="accounts"
        className="inline-flex min-h-control max-w-80 items-center gap-2 rounded-control border border-transparent px-1.5 whitespace-nowrap hover:border-edge hover:bg-sheet max-md:max-w-none max-md:min-w-0 max-md:flex-[1_1_5rem]"
      >
        <Tile name={shown.name} number={shown.number} />
        <span className="sr-only">Accounts: </span>
        <span className="overflow-hidden text-start font-medium text-ellipsis">{shown.name}</span>
        <span className="money text-ink-2 max-lg:hidden">{shown.balance}</span>
        <ChevronDown aria-hidden="true" className="size-3.5 flex-none text-ink-3" />
      </button>
      <Popover id="accounts" label="Accounts" at="start" width="w-100">
        <ul>
          {accounts.map((account) => (
            <li key={account.id}>
              <Link
                href={`/accounts/${account.id}`}
                aria-current={account === at ? "true" : undefined}
                className="flex min-h-11 items-center gap-3 rounded-control px-3 py-1 text-ink no-underline hover:bg-accent-wash aria-[current]:bg-accent-wash"
              >
                <Tile name={account.name} number={account.number} />
                <span className="min-w-0 flex-1 leading-5">
                  {account.name}
                  <small className="block font-mono text-sm text-ink-3">{account.number}</small>
                </span>
                <span className="money">{account.balance}</span>
              </Link>
            </li>
          ))}
        </ul>
        <p className="-mx-2 mt-2 -mb-2 flex gap-4 border-t border-rule px-5 py-1.5 text-sm">
          <Link href="/accounts" className="inline-flex min-h-8 items-center">
            All accounts
          </Link>
          <Link href="/accounts/open" className="inline-flex min-h-8 items-center">
            Open an account
          </Link>
        </p>
      </Popover>
    </>
  );
}
