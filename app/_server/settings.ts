import { cookies } from "next/headers";
import type { z } from "zod";
import type { AccountId } from "@/domain/ids";
import type { NumberFormat } from "@/domain/money/number-format";
import { nicknameInput, setNickname } from "@/infra/identity/nicknames";
import { chooseNumberFormat, settingsInput } from "@/infra/identity/settings";
import { updateSettings } from "@/infra/identity/update-settings";
import { runtime } from "@/infra/runtime";
import { isVisible } from "@/infra/time-travel/account-scope-sql";
import { themeCookie } from "../_components/theme";
import { fieldErrors, issueText } from "../_forms/read-form";
import { nameTakenText, nameTooOftenText } from "../_wording/name-problem";
import type { Viewer } from "./viewer";

const THEME_FOR_SECONDS = 60 * 60 * 24 * 365;

export type Saved = { ok: true } | { ok: false; errors: Readonly<Record<string, string>> };

/** Saves how the viewer is shown things; the theme goes into a cookie too, for pages before sign-in. */
export async function saveSettings({ actor }: Viewer, typed: Record<string, string>): Promise<Saved> {
  const input = settingsInput.safeParse({
    name: typed.name,
    zone: typed.zone === "" ? null : typed.zone,
    numberFormat: typed.numberFormat === "" ? null : typed.numberFormat,
    theme: typed.theme,
    singleKeyShortcuts: typed.singleKeyShortcuts === "on",
  });
  if (!input.success) return { ok: false, errors: fieldErrors(input.error.issues) };
  const outcome = await updateSettings(runtime().pools.identity, actor.userId, input.data);
  if (outcome.kind === "name_taken") return { ok: false, errors: { name: nameTakenText } };
  if (outcome.kind === "name_too_often") return { ok: false, errors: { name: nameTooOftenText } };
  (await cookies()).set(themeCookie, input.data.theme, { maxAge: THEME_FOR_SECONDS, sameSite: "lax", path: "/" });
  return { ok: true };
}

/** The viewer says to write numbers in another format than was thought. */
export const chooseFormat = ({ actor }: Viewer, format: NumberFormat): Promise<void> =>
  chooseNumberFormat(runtime().pools.identity, actor.userId, format);

/** Names an account for this viewer alone; "" takes the name away. Undefined: the account is not there for this viewer. */
export async function saveNickname({ actor }: Viewer, accountId: AccountId, typed: string): Promise<Saved | undefined> {
  const { pool, pools } = runtime();
  const input = nicknameInput.safeParse(typed);
  if (!input.success) return { ok: false, errors: { nickname: firstText(input.error.issues) } };
  if (!(await isVisible(pool, actor, accountId))) return undefined;
  const saved = await setNickname(pools.identity, actor.userId, accountId, input.data);
  return saved ? { ok: true } : { ok: false, errors: { nickname: "You have named as many accounts as can be named." } };
}

const firstText = ([issue]: readonly z.core.$ZodIssue[]): string => (issue ? issueText(issue) : "");
