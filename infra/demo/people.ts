import type { Role } from "@/domain/access/policy";
import type { NumberFormat } from "@/domain/money/number-format";

type Person = {
  key: string;
  name: string;
  email: string;
  role: Role;
  about: string;
  zone?: string;
  /** Left out: as the language of the browser writes numbers. */
  numberFormat?: NumberFormat;
};

/** The people of a demo book. Their addresses cannot receive mail (RFC 2606), their password is no secret. */
export const demoPeople = [
  { key: "ada", name: "Ada Lindqvist", email: "ada@daybook.example", role: "customer", about: "three accounts, in euro and yen" },
  {
    key: "tomas",
    name: "Tomás Ferreira",
    email: "tomas@daybook.example",
    role: "customer",
    about: "two accounts in euro",
    zone: "Europe/Lisbon",
    numberFormat: "1 234,56",
  },
  {
    key: "yuki",
    name: "Yuki Tanaka",
    email: "yuki@daybook.example",
    role: "customer",
    about: "two accounts in yen",
    zone: "Asia/Tokyo",
  },
  {
    key: "noura",
    name: "Noura Al-Mutairi",
    email: "noura@daybook.example",
    role: "customer",
    about: "accounts in dinar and euro",
    zone: "Asia/Kuwait",
  },
  {
    key: "priya",
    name: "Priya Raman",
    email: "priya@daybook.example",
    role: "customer",
    about: "two accounts in pounds",
    zone: "Europe/London",
  },
  {
    key: "lukas",
    name: "Lukas Brunner",
    email: "lukas@daybook.example",
    role: "customer",
    about: "one account in francs",
    zone: "Europe/Zurich",
    numberFormat: "1'234.56",
  },
  {
    key: "marta",
    name: "Marta Kowalska",
    email: "marta@daybook.example",
    role: "customer",
    about: "a joint account, and a closed one",
    numberFormat: "1.234,56",
  },
  {
    key: "jonas",
    name: "Jonas Weber",
    email: "jonas@daybook.example",
    role: "customer",
    about: "the same joint account",
    numberFormat: "1.234,56",
  },
  { key: "ines", name: "Inês Moreau", email: "ines@daybook.example", role: "teller", about: "serves every customer" },
  {
    key: "otto",
    name: "Otto Brandt",
    email: "otto@daybook.example",
    role: "auditor",
    about: "reads everything, changes nothing",
  },
  { key: "sam", name: "Sam Okafor", email: "sam@daybook.example", role: "operator", about: "keeps it running" },
] as const satisfies readonly Person[];

export type PersonKey = (typeof demoPeople)[number]["key"];
export type DemoPerson = Person & { key: PersonKey };

/** Works on demo books only, where the sign-in page offers it openly. */
export const demoPassword = "kelp-harbour-lantern-42";
