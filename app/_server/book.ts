import { cache } from "react";
import { runtime } from "@/infra/runtime";

/** Whether this is a demonstration book: written once in the book itself. */
export const bookIsDemo = cache(async (): Promise<boolean> => (await runtime().book()).demo);

/** The bank's own zone: what is shown until a viewer has chosen one. */
export const bankZone = cache(async (): Promise<string> => (await runtime().book()).zone);
