import { unitsMax } from "@/domain/text/bounds";
import { normalise } from "@/domain/text/normalise";
import commonPasswords from "@/infra/identity/common-passwords.json";

/** Why a password is refused. Length is counted in characters as people count them, not bytes. */
export type PasswordProblem =
  | { code: "too_short"; lengthMin: number }
  | { code: "too_long"; lengthMax: number }
  | { code: "common" }
  | { code: "repetitive" }
  | { code: "personal" }
  | { code: "unchanged" };

export const passwordLengthMin = 12;
export const passwordLengthMax = 128;

const distinctMin = 5;
const personalPartLengthMin = 4;
const runs = [
  "01234567890123456789",
  "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
];

/** The common words: the 10,000 most frequent passwords of the lists that zxcvbn 4.4 ships (MIT licence), and its longer ones. */
let common: ReadonlySet<string> | undefined;

/** What is wrong with a new password, or undefined. `about`: the owner's e-mail address and name, which it must not contain. */
export function passwordProblem(password: string, about: { email: string; name: string }): PasswordProblem | undefined {
  if (password.length > unitsMax.password) return { code: "too_long", lengthMax: passwordLengthMax };
  const text = normalise(password, "NFKC");
  const length = [...text].length;
  if (length < passwordLengthMin) return { code: "too_short", lengthMin: passwordLengthMin };
  if (length > passwordLengthMax) return { code: "too_long", lengthMax: passwordLengthMax };

  const lower = text.toLowerCase();
  if (new Set(lower).size < distinctMin || isRepeated(lower) || isRun(lower)) return { code: "repetitive" };
  if (isCommon(lower)) return { code: "common" };
  if (personalParts(about).some((part) => lower.includes(part))) return { code: "personal" };
  return undefined;
}

/** A common word as it is, with digits and signs around it, with letters swapped for signs, or several of either in a row. */
function isCommon(lower: string): boolean {
  common ??= new Set([...commonPasswords, "daybook", "correcthorsebatterystaple", "correct horse battery staple"]);
  const plain = lower
    .replace(/[@4]/g, "a")
    .replace(/3/g, "e")
    .replace(/[1!|]/g, "i")
    .replace(/0/g, "o")
    .replace(/[$5]/g, "s")
    .replace(/7/g, "t");
  return [lower, plain].some((text) => {
    const letters = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
    const joined = text.replace(/[^\p{L}\p{N}]/gu, "");
    return [text, letters, joined].some((candidate) => common?.has(candidate)) || isTwoCommonWords(letters);
  });
}

/** Two common words make no secret: "passwordwelcome". Four may. */
function isTwoCommonWords(text: string): boolean {
  for (let at = 4; at <= text.length - 4; at++) if (common?.has(text.slice(0, at)) && common.has(text.slice(at))) return true;
  return false;
}

function isRepeated(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length;
}

/** Along the keyboard or the alphabet, in either direction. */
function isRun(text: string): boolean {
  const backwards = [...text].reverse().join("");
  return runs.some((run) => run.includes(text) || run.includes(backwards));
}

/** Of a form that was refused, name and address may be of any length: what is beyond their bounds is no part of either. */
function personalParts(about: { email: string; name: string }): string[] {
  const [email, name] = [about.email.slice(0, unitsMax.email), about.name.slice(0, unitsMax.path)];
  const [local = "", domain = ""] = email.toLowerCase().split("@");
  const words = [
    local,
    ...local.split(/[^\p{L}\p{N}]+/u),
    domain.split(".")[0] ?? "",
    ...name.toLowerCase().split(/[^\p{L}\p{N}]+/u),
  ];
  return words.filter((word) => [...word].length >= personalPartLengthMin);
}
