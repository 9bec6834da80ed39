import { headers } from "next/headers";
import { cache } from "react";
import type { Actor, Role } from "@/domain/access/policy";
import type { NumberFormat } from "@/domain/money/number-format";
import { viewerSettings } from "@/infra/identity/settings";
import { runtime } from "@/infra/runtime";
import { formatOfLanguages } from "../_components/money/format-of-languages";
import type { Theme } from "../_components/theme";
import { bankZone } from "./book";
import { currentActor, requireActor, requireRole } from "./session";

/** Who looks, and how they like to be shown things. */
export type Viewer = {
  actor: Actor;
  name: string;
  email: string;
  customerNumber: string | null;
  zone: string;
  /** Null: the bank's. */
  chosenZone: string | null;
  format: NumberFormat;
  /** Null: as the language of the browser writes numbers, `languageFormat`. */
  chosenFormat: NumberFormat | null;
  languageFormat: NumberFormat;
  theme: Theme;
  singleKeys: boolean;
  /** What this person calls accounts. */
  nicknames: ReadonlyMap<string, string>;
};

/** The signed-in person, or null. */
export async function currentViewer(): Promise<Viewer | null> {
  const actor = await currentActor();
  return actor === null ? null : viewerOf(actor);
}

/** The signed-in person; anybody else is sent to sign in. */
export async function requireViewer(): Promise<Viewer> {
  return viewerOf(await requireActor());
}

/** Somebody whose role looks at accounts. To operators the pages of accounts are not there. */
export const requireAccountsViewer = (): Promise<Viewer> => requireViewerAs("customer", "teller", "auditor");

/** Somebody who holds one of these roles; to everybody else the page is not there. */
export async function requireViewerAs(...allowed: readonly Role[]): Promise<Viewer> {
  return viewerOf(await requireRole(...allowed));
}

/** Once a page: there an actor is read once. In an action nothing is remembered, so whoever needs both asks for the viewer alone. */
const viewerOf = cache(async (actor: Actor): Promise<Viewer> => {
  const settings = await viewerSettings(runtime().pools.identity, actor.userId);
  const languageFormat = formatOfLanguages((await headers()).get("accept-language"));
  return {
    actor,
    name: settings.name,
    email: settings.email,
    customerNumber: settings.customerNumber,
    zone: settings.zone ?? (await bankZone()),
    chosenZone: settings.zone,
    format: settings.numberFormat ?? languageFormat,
    chosenFormat: settings.numberFormat,
    languageFormat,
    theme: settings.theme,
    singleKeys: settings.singleKeyShortcuts,
    nicknames: settings.nicknames,
  };
});

/** Tellers and auditors see who holds an account, and who did what. */
export const isStaff = ({ actor }: Viewer): boolean => actor.role !== "customer";
