export type UnseenKind =
  | "invisible"
  /** A joiner or variation selector where it joins and varies nothing. */
  | "joiner"
  /** A direction mark in text that runs from left to right only. */
  | "direction"
  /** An embedding, override or isolate: it changes the order in which the rest is read. */
  | "override"
  | "tag"
  | "control"
  | "line_break"
  | "private_use"
  | "unassigned"
  /** One half of a surrogate pair. */
  | "half";

/** A character that cannot be seen, or that makes a text read as another. */
export type Unseen = { codePoint: number; kind: UnseenKind };

/** The first such character, or undefined. Expects bounded text. */
export function unseenIn(text: string): Unseen | undefined {
  const points = [...text.replace(regionFlag, blackFlag)];
  const runsRightToLeft = rightToLeft.test(text);
  for (const [at, point] of points.entries()) {
    if (!suspicious.test(point) || visibleFormat.test(point)) continue;
    const kind = kindOf(point);
    const isKept = (kind === "joiner" && isNeeded(points, at)) || (kind === "direction" && runsRightToLeft);
    if (!isKept) return { codePoint: point.codePointAt(0) ?? 0, kind };
  }
  return undefined;
}

/** Without the spaces and marks at the rim, where they do nothing. Text that is copied often carries some. */
export function withoutRim(text: string): string {
  const points = [...text];
  const isRim = (at: number) => rim.test(points[at] ?? "") || (joiner.test(points[at] ?? "") && !isNeeded(points, at));
  let [from, to] = [0, points.length];
  while (from < to && isRim(from)) from += 1;
  while (to > from && isRim(to - 1)) to -= 1;
  return points.slice(from, to).join("");
}

const rim = /[\s\u00ad\u061c\u200b\u200c\u200e\u200f\u2060]/u;
const suspicious = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const joiner = /\u034f|[\u115f\u1160]|[\u180b-\u180d]|\u180f|\u200c|\u200d|\u2800|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/u;
// Signs of Arabic, Syriac and Kaithi that stand around a number. Unicode calls them format characters, yet they show.
const visibleFormat = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;
const rightToLeft =
  /(?=\p{L})[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}]/u;
// The flag of a region, as Scotland's: a black flag, the region's code in tags, and the tag that ends it.
const blackFlag = "\u{1f3f4}";
const regionFlag = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/gu;

// Latin, Greek and Cyrillic letters neither join nor vary. A joiner between two of them only makes two texts look alike.
const joins =
  /(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Inherited}])(?:[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\u2801-\u28ff]|\u20e3)/u;
const selector = /[\ufe00-\ufe0f]/u;
const sign = /\p{S}/u;

function isNeeded(points: readonly string[], at: number): boolean {
  const [before, after] = [points[at - 1] ?? "", points[at + 1] ?? ""];
  if (selector.test(points[at] ?? "")) return joins.test(before) || sign.test(before) || after === "\u20e3";
  return joins.test(before) || joins.test(after);
}

/** In this order: the first that fits. */
const kinds: readonly (readonly [UnseenKind, RegExp])[] = [
  ["joiner", joiner],
  ["direction", /[\u061c\u200e\u200f]/u],
  ["override", /[\u202a-\u202e\u2066-\u2069]/u],
  ["tag", /[\u{e0000}-\u{e007f}]/u],
  ["line_break", /[\n\r\u0085\u2028\u2029]/u],
  ["control", /\p{Cc}/u],
  ["private_use", /\p{Co}/u],
  ["half", /\p{Cs}/u],
  ["unassigned", /\p{Cn}/u],
];

const kindOf = (point: string): UnseenKind => kinds.find(([, pattern]) => pattern.test(point))?.[0] ?? "invisible";
