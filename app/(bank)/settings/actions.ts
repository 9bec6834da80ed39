"use server";

import { refresh } from "next/cache";
import { notFound } from "next/navigation";
import { formFields } from "@/app/_forms/form-fields";
import type { SavedState } from "@/app/_forms/saved-state";
import { requireSameOrigin } from "@/app/_server/origin";
import { saveNickname, saveSettings } from "@/app/_server/settings";
import { requireViewer } from "@/app/_server/viewer";
import { parseAccountId } from "@/domain/ids";

export async function saveAction(_previous: SavedState, form: FormData): Promise<SavedState> {
  await requireSameOrigin();
  const viewer = await requireViewer();
  const typed = formFields(form);
  const saved = await saveSettings(viewer, typed);
  if (!saved.ok) return { kind: "invalid", typed, errors: saved.errors };
  refresh();
  return { kind: "saved" };
}

export async function nameAccount(_previous: SavedState, form: FormData): Promise<SavedState> {
  await requireSameOrigin();
  const viewer = await requireViewer();
  const typed = formFields(form);
  const accountId = parseAccountId(typed.accountId ?? "");
  const saved = accountId && (await saveNickname(viewer, accountId, typed.nickname ?? ""));
  if (!saved) notFound();
  if (!saved.ok) return { kind: "invalid", typed, errors: saved.errors };
  refresh();
  return { kind: "saved" };
}
