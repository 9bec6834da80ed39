import type { Role } from "@/domain/access/policy";

/** The people of a demo book. Their addresses cannot receive mail (RFC 2606), their password is no secret. */
export const demoPeople = [
  { key: "ada", name: "Ada Lindqvist", email: "ada@daybook.example", role: "customer" },
  { key: "tomas", name: "Tomás Ferreira", email: "tomas@daybook.example", role: "customer" },
  { key: "yuki", name: "Yuki Tanaka", email: "yuki@daybook.example", role: "customer" },
  { key: "noura", name: "Noura Al-Mutairi", email: "noura@daybook.example", role: "customer" },
  { key: "priya", name: "Priya Raman", email: "priya@daybook.example", role: "customer" },
  { key: "lukas", name: "Lukas Brunner", email: "lukas@daybook.example", role: "customer" },
  { key: "marta", name: "Marta Kowalska", email: "marta@daybook.example", role: "customer" },
  { key: "jonas", name: "Jonas Weber", email: "jonas@daybook.example", role: "customer" },
  { key: "ines", name: "Inês Moreau", email: "ines@daybook.example", role: "teller" },
  { key: "otto", name: "Otto Brandt", email: "otto@daybook.example", role: "auditor" },
  { key: "sam", name: "Sam Okafor", email: "sam@daybook.example", role: "operator" },
] as const satisfies readonly { key: string; name: string; email: string; role: Role }[];

export type DemoPerson = (typeof demoPeople)[number];
export type PersonKey = DemoPerson["key"];

/** Works on demo books only, where the sign-in page offers it openly. */
export const demoPassword = "kelp-harbour-lantern-42";
