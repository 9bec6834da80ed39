import type { FormPart } from "./form-bodies";

/** The argument lists that React's decoder would turn into something else than values. `$K1` is the form. */
export const flights: readonly string[] = [
  ...[
    "$F1",
    "$@1",
    "$B1",
    "$h1",
    "$A1",
    "$Q1",
    "$W1",
    "$i1",
    "$R1",
    "$r1",
    "$X1",
    "$x1",
    "$o1",
    "$1",
    "$T",
    "$S",
    "$E",
    "$Z",
    "$L1",
    "$u",
    "$I",
  ].map((word) => `["${word}","$K1"]`),
  '["$1:__proto__:then","$K1"]',
  '["$1:constructor:constructor","$K1"]',
  '["$0:0:__proto__","$K1"]',
  '[{"then":"$1:__proto__:then","status":"resolved_model","value":"{\\"then\\":\\"$B0\\"}","_response":{"_prefix":"polluted"}},"$K1"]',
  '[{"then":"$F1"},"$K1"]',
  `["$n${"9".repeat(5_000)}","$K1"]`,
  `[${"[".repeat(5_000)}${"]".repeat(5_000)},"$K1"]`,
  `[${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)},"$K1"]`,
  `[[${"1,".repeat(100_000)}1],"$K1"]`,
  ...[
    "{}",
    "null",
    '""',
    "0",
    "[]",
    '["$K1"]',
    '["$K1","$K1"]',
    '["$K1","$K1","$K1"]',
    '["$undefined","$K"]',
    '["$undefined","$K1"',
  ],
];

/** Arguments that are values with names of weight. Ours look at no field of the first one: the form is taken as if it were not there. */
export const values: readonly string[] = [
  '[{"__proto__":{"polluted":1}},"$K1"]',
  '[{"constructor":{"prototype":{"polluted":1}}},"$K1"]',
  '[{"then":1,"status":"resolved_model","toJSON":"polluted"},"$K1"]',
  '["$Dnever","$K1"]',
];

/** Parts of a form beside its own fields, written so that they could mean something to a reader of forms. */
export const strangeParts: readonly FormPart[] = [
  ["", "x"],
  ["__proto__", "x"],
  ["constructor", "x"],
  ["then", "x"],
  ["1", '"$@2"'],
  ["0", "[]"],
  ["_1___proto__", "x"],
  ["_1_constructor", "x"],
  ["_1_then", "x"],
  ["_1_toString", "x"],
  ["_2_amount", "1"],
  ["_1_\u0000", "x"],
  ['_1_amount"; filename="a.txt', "x"],
  ['_1_x"\r\nContent-Type: text/plain; charset=utf-16le\r\nx: "', "x"],
  ['_1_x"\r\nContent-Transfer-Encoding: base64\r\nx: "', "%%%"],
  ["$ACTION_ID_00", ""],
];

/** What a body can be said to be. */
export const types: readonly string[] = [
  "text/plain;charset=UTF-8",
  "application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=",
  "multipart/mixed; boundary=x",
  "application/octet-stream",
  "text/x-component",
  "application/xml",
  "*/*",
  "x",
];

/** What can stand in one. */
export const bodies: readonly string[] = [
  "",
  "[]",
  "{}",
  "null",
  "\u0000",
  '["$F1"]',
  "a=1&a=2",
  "<x/>",
  "--x--\r\n",
  '{"__proto__":{"polluted":1}}',
];

/** What is no amount of money. */
export const amounts: readonly string[] = [
  ...[
    "0",
    "-1",
    "-0.01",
    "1e99",
    "1e2",
    "NaN",
    "Infinity",
    "0x10",
    "--1",
    "1-",
    "+-3",
    "1;2",
    "1 or 1=1",
    "0.001",
    "1.2.3",
    "\u{1f4b6}",
    "\u0000",
    "1\u0000",
    "null",
  ],
  ...["[object Object]", "$n5", "true", "{}", "9".repeat(30), `1${"0".repeat(5_000)}`, `0.${"0".repeat(5_000)}1`, "", "   "],
];
