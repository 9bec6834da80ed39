import type { Action } from "./actions";

export type FormPart = readonly [name: string, value: string];
export type Body = { body: string; type: string };

const boundary = "----daybookattack0123456789";

/** A form in parts, written by hand: nothing escapes or mends what an attack puts into it. */
export function multipart(parts: readonly FormPart[]): Body {
  const text = parts.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return { body: `${text.join("")}--${boundary}--\r\n`, type: `multipart/form-data; boundary=${boundary}` };
}

/** As a browser without scripts sends it: hidden fields name the action and the state before. */
export function plainForm({ id, takes }: Action, fields: readonly FormPart[]): Body {
  if (takes !== "state and form") return multipart([[`$ACTION_ID_${id}`, ""], ...fields]);
  const bound: FormPart[] = [
    ["$ACTION_REF_1", ""],
    ["$ACTION_1:0", JSON.stringify({ id, bound: "$@1" })],
    ["$ACTION_1:1", '[{"kind":"idle"}]'],
    ["$ACTION_KEY", "k0000000000"],
  ];
  return multipart([...bound, ...fields]);
}

/** As React sends it. */
export function scriptedForm({ takes }: Action, fields: readonly FormPart[]): Body {
  if (takes === "nothing") return { body: "[]", type: "text/plain;charset=UTF-8" };
  const args = takes === "form" ? '["$K1"]' : '["$undefined","$K1"]';
  return multipart([...fields.map(([name, value]) => [`_1_${name}`, value] as const), ["0", args]]);
}
