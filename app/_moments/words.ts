import type { Unit, Which } from "./meaning";

/** Each of the words that are written in a row, with the same meaning. */
function meaning<T>(of: readonly (readonly [T, string])[]): Readonly<Record<string, T>> {
  return Object.fromEntries(of.flatMap(([value, words]) => words.split(" ").map((word) => [word, value])));
}

/** 1 is January. */
export const months = meaning([
  [1, "january jan januar jänner"],
  [2, "february feb febr februar"],
  [3, "march mar märz maerz mär mrz"],
  [4, "april apr"],
  [5, "may mai"],
  [6, "june jun juni"],
  [7, "july jul juli"],
  [8, "august aug"],
  [9, "september sept sep"],
  [10, "october oct oktober okt"],
  [11, "november nov"],
  [12, "december dec dezember dez"],
]);

/** 0 is Monday. */
export const weekdays = meaning([
  [0, "monday mon montag"],
  [1, "tuesday tue tues dienstag"],
  [2, "wednesday wed weds mittwoch"],
  [3, "thursday thu thur thurs donnerstag"],
  [4, "friday fri freitag"],
  [5, "saturday sat samstag sonnabend"],
  [6, "sunday sun sonntag"],
]);

export const whiches: Readonly<Record<string, Which>> = meaning<Which>([
  ["last", "last past previous letzte letzten letzter letztes vorige vorigen voriger voriges vergangene vergangenen vergangenes"],
  ["this", "this current diese diesen dieser dieses diesem"],
  ["next", "next coming nächste nächsten nächster nächstes kommende kommenden kommendes"],
]);

export const back: Readonly<Record<Which, number>> = { last: 1, this: 0, next: -1 };

export const units: Readonly<Record<string, Unit>> = meaning<Unit>([
  ["second", "second seconds sec secs sekunde sekunden"],
  ["minute", "minute minutes min mins minuten"],
  ["hour", "hour hours hr hrs stunde stunden"],
  ["day", "day days tag tage tagen tages"],
  ["week", "week weeks wk wks woche wochen"],
  ["month", "month months monat monate monaten monats"],
  ["quarter", "quarter quarters quartal quartale quartalen quartals"],
  ["year", "year years yr yrs jahr jahre jahren jahres"],
]);

/** Letters right behind a number. Only with months does the case say something. */
export const unitLetters: Readonly<Record<string, Unit>> = {
  s: "second",
  S: "second",
  m: "minute",
  M: "month",
  h: "hour",
  H: "hour",
  d: "day",
  D: "day",
  w: "week",
  W: "week",
  y: "year",
  Y: "year",
};

const english = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const german = "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(" ");

export const counts = meaning([
  [1, "a an eine einem einen einer"],
  ...[...english, ...german].map((word, index) => [(index % 12) + 1, word] as const),
]);

/** Days before today. */
export const dayWords = meaning([
  [2, "vorgestern"],
  [1, "yesterday gestern"],
  [0, "today heute"],
  [-1, "tomorrow morgen"],
  [-2, "übermorgen"],
]);

export const edges = meaning<"start" | "end">([
  ["start", "start beginning begin anfang beginn"],
  ["end", "end close ende"],
]);

export const fillers: ReadonlySet<string> = new Set("as on in at by the of am im an um den dem der des vom von".split(" "));

/** What says roughly when, and leaves to a reader what exactly. */
export const vague: ReadonlySet<string> = new Set(
  (
    "morning afternoon evening night tonight few several some couple about around roughly circa ca recently lately " +
    "spring summer autumn fall winter early late mid before after morgens abends abend nachmittag vormittag nacht etwa ungefähr kürzlich"
  ).split(" "),
);

/** What leads from one moment to another. */
export const ranging: ReadonlySet<string> = new Set("until till through between since bis seit zwischen".split(" "));
