import { z } from "zod";
import { unitsMax } from "@/domain/text/bounds";

const email = z
  .string()
  .max(unitsMax.email, { abort: true, error: `An e-mail address has at most ${unitsMax.email} characters.` })
  .default("");

const password = z
  .string()
  .max(unitsMax.password, { abort: true, error: "This is longer than any password that Daybook takes." })
  .default("");

/** One that is too long leads to the start page, like any other that is none of ours. */
const returnTo = z.string().max(unitsMax.path, { abort: true }).catch("/");

export const signInInput = z.object({ email, password, returnTo });
export const demoSignInInput = z.object({ email, returnTo });
export const requestLinkInput = z.object({ email });
export const changePasswordInput = z.object({ currentPassword: password, newPassword: password });
export const resetPasswordInput = z.object({ token: z.string().max(unitsMax.id, { abort: true }).catch(""), password });
