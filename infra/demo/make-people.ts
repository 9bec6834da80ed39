import type pg from "pg";
import type { Actor } from "@/domain/access/policy";
import { createCustomer, createStaff, findLogin, type Login } from "../identity/people";
import { defaultSettings } from "../identity/settings";
import { updateSettings } from "../identity/update-settings";
import { type DemoPerson, demoPassword, demoPeople, type PersonKey } from "./people";

export type Cast = Readonly<Record<PersonKey, Actor>>;

/** Finds the demo people's logins or makes them, with a way of seeing the bank that suits each. */
export async function makePeople(pool: pg.Pool): Promise<Cast> {
  const actors = new Map<PersonKey, Actor>();
  for (const person of demoPeople) {
    const { userId, partyId, role } = (await findLogin(pool, person.email)) ?? (await makeLogin(pool, person));
    actors.set(person.key, { userId, partyId, role, authStrength: "system" }); // nobody signs in for an import
  }
  return Object.fromEntries(actors) as Cast;
}

async function makeLogin(pool: pg.Pool, person: DemoPerson): Promise<Login> {
  const { email, name, role, zone = null, numberFormat = defaultSettings.numberFormat } = person;
  const secret = { email, name, password: demoPassword };
  const login = role === "customer" ? await createCustomer({ pool }, secret) : await createStaff({ pool }, { ...secret, role });
  if (!login) throw new Error(`${email} was made by somebody else at this moment: seed again`);
  await updateSettings(pool, login.userId, { ...defaultSettings, name, zone, numberFormat });
  return login;
}
