/** `tab`: this tab's own, copied when it is duplicated. `browser`: shared by all tabs of this browser. */
export type Place = "tab" | "browser";

const prefix = "daybook:";

/** Undefined: nothing is kept under this name, or nothing that can be read. */
export function readValue(place: Place, name: string): unknown {
  return attempt(() => {
    const text = storageOf(place).getItem(prefix + name);
    return text === null ? undefined : (JSON.parse(text) as unknown);
  });
}

export function keepValue(place: Place, name: string, value: unknown): void {
  attempt(() => storageOf(place).setItem(prefix + name, JSON.stringify(value)));
}

export function dropValue(place: Place, name: string): void {
  attempt(() => storageOf(place).removeItem(prefix + name));
}

/** The names under which something is kept, of those that begin so. */
export function keptNames(place: Place, beginning: string): readonly string[] {
  const names = attempt(() => Object.keys(storageOf(place)).filter((key) => key.startsWith(prefix + beginning)));
  return (names ?? []).map((key) => key.slice(prefix.length));
}

const storageOf = (place: Place): Storage => (place === "tab" ? sessionStorage : localStorage);

// Storage may be switched off or full: then nothing is kept, and forms work as they do without scripts.
function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
