/** Which build wrote an event: the hash of the sources, set by the launcher. */
export function build(): string {
  return process.env.DAYBOOK_BUILD || "dev";
}
