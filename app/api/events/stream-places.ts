const perPersonMax = 20; // one a browser, as pages are written; a few more for those without shared locks
const perProcessMax = 2_000;

const slot = Symbol.for("daybook.stream-places.1");
type Holder = { [slot]?: Map<string, number> };

/** Counts a person's open streams. Undefined: too many; else the way to give the place back, once. */
export function takePlace(userId: string): (() => void) | undefined {
  const holder = globalThis as Holder;
  holder[slot] ??= new Map();
  const places = holder[slot];
  const taken = places.get(userId) ?? 0;
  const all = [...places.values()].reduce((sum, count) => sum + count, 0);
  if (taken >= perPersonMax || all >= perProcessMax) return undefined;
  places.set(userId, taken + 1);
  let given = false;
  return () => {
    if (given) return;
    given = true;
    const left = (places.get(userId) ?? 1) - 1;
    if (left > 0) places.set(userId, left);
    else places.delete(userId);
  };
}
