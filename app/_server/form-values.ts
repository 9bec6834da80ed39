const depthMax = 100; // React reads them by recursion; ours are five deep at most

/** What JSON has no word for: text that begins with a dollar, a date, a bigint, and so on. It refers to nothing. */
const wordOfReact = /^\$(?:\$|D|(?:undefined|NaN|-?Infinity|-0|n-?\d{1,300})$)/;

/**
 * Whether these are values and no more, as React writes them into part `part` of a form. A string with a dollar may also name another part, a
 * file, a stream or an action: no state of our forms holds one, and one that is not there makes React throw. What stands in the same part twice is
 * written once, and named by its path the second time. Takes time in proportion to their size.
 */
export function areValues(values: unknown, part: string): values is unknown[] {
  const isValue = (value: unknown, depth: number): boolean => {
    if (typeof value === "string") return !value.startsWith("$") || wordOfReact.test(value) || leadsToObject(value, values, part);
    if (!isObject(value)) return true;
    return depth < depthMax && Object.values(value).every((inner) => isValue(inner, depth + 1));
  };
  return Array.isArray(values) && isValue(values, 0);
}

/** `$1:0:typed`: of part 1, the first value's `typed`. */
function leadsToObject(reference: string, values: unknown, part: string): boolean {
  const [of, ...path] = reference.slice(1).split(":");
  let found = of === part ? values : undefined;
  for (const name of path)
    found = isObject(found) && name !== "__proto__" && Object.hasOwn(found, name) ? found[name] : undefined;
  return isObject(found);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
