import { normalise, normaliseUnitsMax } from "@/domain/text/normalise";

/** Letters that look like others, by what they look like. Case and marks are gone before. */
const lookalikes: Readonly<Record<string, string>> = {
  ...pairs("\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d", "aeopcyxijshdqw"), // Cyrillic
  ...pairs("\u0432\u043a\u043c\u043d\u0442\u0433", "bkmhtr"),
  ...pairs("\u03b1\u03b2\u03b5\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03b6", "abenikuvoptuxz"), // Greek
  ...pairs("\u0131\u0142\u00f8\u0111\u0127\u0269\u0251", "ilodhia"),
  ...pairs("01358|!", "oiesbii"),
  "\u00df": "ss",
  "\u00e6": "ae",
  "\u0153": "oe",
  "\u00fe": "th",
  l: "i", // I and l are drawn alike
};

/**
 * What a name looks like: without case, marks, punctuation and what cannot be seen, look-alikes as one
 * letter, words by single spaces. Two names with one skeleton cannot be told apart. Long text is cut.
 */
export function nameSkeleton(name: string): string {
  const plain = normalise(name.slice(0, normaliseUnitsMax / 4), "NFKD")
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, "");
  const alike = [...plain].map((letter) => lookalikes[letter] ?? letter).join("");
  return alike
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .slice(0, skeletonLengthMax);
}

const skeletonLengthMax = 200;

/** Whether one word mixes letters of several alphabets, as no name does that was meant to be read. */
export function mixesScripts(name: string): boolean {
  return name
    .slice(0, normaliseUnitsMax)
    .split(/\s+/)
    .some((word) => scripts.filter((script) => script.test(word)).length > 1);
}

const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

function pairs(from: string, to: string): Record<string, string> {
  const target = [...to];
  return Object.fromEntries([...from].map((letter, i) => [letter, target[i] ?? letter]));
}
