import { plainText } from "@/infra/identity/plain-text";

/** A person's name, as they write it. */
export const personName = plainText({ lengthMax: 80, what: "A name" }).refine((text) => text !== "", "Tell us your name.");
