"use client";

import { useEffect, useRef } from "react";
import { Button } from "../_components/button";

const help: readonly (readonly [keys: string, what: string])[] = [
  ["j / k", "next / previous row"],
  ["[ / ]", "previous / next event"],
  ["t", "as of: the account at another moment"],
  ["n", "new: deposit, or open an account"],
  ["/", "filter"],
  ["?", "this list"],
];

/**
 * Single-key shortcuts. A page offers one by marking a link or field with `data-shortcut`, and rows with `data-row`;
 * this only presses what is there. Off inside inputs, with modifiers held, and switched off as a whole in Settings.
 */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (event.key === "?") toggle(dialog.current);
      else if (event.key === "j" || event.key === "k") moveRow(event.key === "j" ? 1 : -1);
      else if (!press(event.key)) return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    document.documentElement.dataset.keys = "on"; // from here on keys are heard
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <dialog ref={dialog} className="key-help" aria-labelledby="key-help-title">
      <h2 id="key-help-title">Keys</h2>
      <dl className="facts">
        {help.map(([keys, what]) => (
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

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest("input, select, textarea, dialog[open]") !== null);

const toggle = (dialog: HTMLDialogElement | null) => (dialog?.open ? dialog.close() : dialog?.showModal());

function press(key: string): boolean {
  const target = document.querySelector<HTMLElement>(`[data-shortcut="${CSS.escape(key)}"]`);
  if (target === null) return false;
  if (target instanceof HTMLInputElement) target.focus();
  else target.click();
  return true;
}

function moveRow(step: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((row) => row.matches(":focus"));
  const next = rows[at < 0 ? (step === 1 ? 0 : rows.length - 1) : at + step];
  next?.focus();
}
