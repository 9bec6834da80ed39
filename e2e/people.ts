/** The demo people that the tests are. */
export const people = {
  ada: { email: "ada@daybook.example", name: "Ada Lindqvist" },
  tomas: { email: "tomas@daybook.example", name: "Tomás Ferreira" },
  teller: { email: "ines@daybook.example", name: "Inês Moreau" },
  auditor: { email: "otto@daybook.example", name: "Otto Brandt" },
  operator: { email: "sam@daybook.example", name: "Sam Okafor" },
} as const;

export type Person = keyof typeof people;
