/** What a rule answers: a value, or a refusal that carries the facts it was refused on. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; refusal: E };

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refuse<const E>(refusal: E): { ok: false; refusal: E } {
  return { ok: false, refusal };
}
