import { NAME_MAX } from "@/domain/text/bounds";
import { plainText } from "@/infra/identity/plain-text";

/** A person's name, as they write it. */
export const personName = plainText({ lengthMax: NAME_MAX, what: "A name" }).refine((text) => text !== "", "Tell us your name.");
