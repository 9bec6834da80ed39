"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button } from "../_components/button";

type Shortcut = { keys: string; what: string; offered: string };

// `offered` selects what a page holds when it offers these keys.
const shortcuts: readonly Shortcut[] = [
  { keys: "j / k", what: "next / previous row", offered: "[data-row]" },
  { keys: "[ / ]", what: "previous / next event", offered: offering("[", "]") },
  { keys: "t", what: "as of: the account at another moment", offered: offering("t") },
  { keys: "n", what: "new: deposit, or open an account", offered: offering("n") },
  { keys: "/", what: "filter", offered: offering("/") },
  { keys: "Esc", what: "close what is open", offered: `${offering("Escape")}, [popover]` },
  { keys: "?", what: "this list", offered: "html" },
];

/**
 * Single-key shortcuts. A page offers one by marking a link or field with `data-shortcut`, and rows
 * with `data-row`; this presses what is there. A field gets the focus, and so does the first field
 * of a page that a key leads to. Off inside inputs, with modifiers held, and switchable in Settings.
 */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [offered, setOffered] = useState<readonly Shortcut[]>([]);
  const beforeLink = useFocusAfterKey();

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target)) return;
      if (event.key === "?") {
        setOffered(shortcuts.filter((shortcut) => document.querySelector(shortcut.offered)));
        dialog.current?.showModal();
      } else if (event.key === "j" || event.key === "k") moveRow(event.key === "j" ? 1 : -1);
      else if (event.key === "Escape" && document.querySelector(":popover-open"))
        return; // the browser closes it
      else if (!press(event.key, beforeLink)) return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    document.documentElement.dataset.keys = "on"; // from here on keys are heard
    return () => document.removeEventListener("keydown", onKey);
  }, [beforeLink]);

  return (
    <dialog ref={dialog} className="key-help" aria-labelledby="key-help-title">
      <h2 id="key-help-title">Keys on this page</h2>
      <dl className="facts">
        {offered.map(({ keys, what }) => (
          <div key={keys} className="contents">
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog" className="actions">
        <Button type="submit" small>
          Close
        </Button>
      </form>
    </dialog>
  );
}

/** Returns a function that, called before a navigation, focuses the first field of the page it leads to. */
function useFocusAfterKey(): () => void {
  const pathname = usePathname();
  const wanted = useRef(false);
  useEffect(() => {
    if (!wanted.current || pathname === null) return;
    wanted.current = false;
    focusFirstField();
  }, [pathname]);
  const [want] = useState(() => () => {
    wanted.current = true;
  });
  return want;
}

function offering(...keys: readonly string[]): string {
  return keys.map((key) => `[data-shortcut="${key}"]`).join(", ");
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest("input, select, textarea, dialog[open]") !== null);

function press(key: string, beforeLink: () => void): boolean {
  const target = document.querySelector<HTMLElement>(`[data-shortcut="${CSS.escape(key)}"]`);
  if (target === null) return false;
  const isLink = target instanceof HTMLAnchorElement;
  if (target.matches("input, select, textarea")) target.focus();
  else if (isLink && leadsToForm(key) && target.pathname === location.pathname) focusFirstField();
  else {
    if (leadsToForm(key)) beforeLink();
    if (key === "Escape") document.querySelector<HTMLElement>("[aria-current=true] [data-row]")?.focus();
    target.click();
  }
  return true;
}

const leadsToForm = (key: string) => key === "n" || key === "t";

function focusFirstField(): void {
  const fields = ["input:not([type=hidden])", "select", "textarea"].map((field) => `main form ${field}`);
  document.querySelector<HTMLElement>(fields.join(", "))?.focus();
}

function moveRow(step: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((row) => row.matches(":focus"));
  const next = rows[at < 0 ? (step === 1 ? 0 : rows.length - 1) : at + step];
  next?.focus();
}
