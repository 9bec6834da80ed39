/**
 * ISO 7064 MOD 97-10, arranged as in an IBAN (ISO 13616): the prefix's letters, as A = 10 to Z = 35,
 * follow the digits, the check digits stand last. 97 is prime and 10 generates its residues, so any
 * one wrong digit and any swap of neighbours changes the remainder.
 */
export function checkDigits(prefix: string, digits: string): string {
  const letters = [...prefix].map((letter) => (letter.charCodeAt(0) - 55).toString()).join("");
  const remainder = BigInt(`${digits}${letters}00`) % 97n;
  return (98n - remainder).toString().padStart(2, "0");
}
