import { expect, test } from "vitest";
import { bodyBytesMax, lookAtForm, strangerBytesMax } from "./form-body";

const boundary = "----WebKitFormBoundaryAbCdEf0123456789";
const multipart = `multipart/form-data; boundary=${boundary}`;
const part = (name: string, text: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
const end = `--${boundary}--\r\n`;
const takesForm = `60${"a".repeat(40)}`;
const takesNothing = `00${"a".repeat(40)}`;
const scripted = `${part("_1_amount", "12.00")}${part("0", '["$undefined","$K1"]')}${end}`;

const fault = async (text: string, action: string | null, contentType: string | null = multipart) =>
  (await lookAtForm({ contentType, action, body: new Response(text).body, bytesMax: bodyBytesMax })).fault;

test("what React sends is taken as it is: with scripts, without, and a call that carries no form", async () => {
  expect(await fault(scripted, takesForm)).toBeUndefined();
  expect(await fault(`${part("$ACTION_ID_40aa", "")}${part("amount", "1")}${end}`, null)).toBeUndefined();
  const described = part("$ACTION_REF_3", "") + part("$ACTION_3:0", '{"id":"60aa","bound":"$@1"}');
  expect(await fault(described + part("$ACTION_3:1", '[{"kind":"idle"}]') + end, null)).toBeUndefined();
  expect(await fault("[]", takesNothing, "text/plain;charset=UTF-8")).toBeUndefined();
});

test("every cut of a sound form is found", async () => {
  const whole = scripted.length - "\r\n".length; // what stands after the last boundary may be left out
  for (let length = 0; length < whole; length += 1)
    expect(await fault(scripted.slice(0, length), takesForm), `${length}`).toBe("unreadable");
  expect(await fault(scripted.slice(0, whole), takesForm)).toBeUndefined();
});

const plain = (bound: string) =>
  part("$ACTION_REF_3", "") + part("$ACTION_3:0", '{"id":"60aa","bound":"$@1"}') + part("$ACTION_3:1", bound) + end;
const withState = (state: string) => part("_1_amount", "12.00") + part("0", `[${state},"$K1"]`) + end;

test.each([
  '{"kind":"idle"}',
  '"$undefined"',
  '{"typed":{"description":"$$5 for lunch"},"count":"$n-12","at":"$D2026-11-25T00:00:00.000Z","rate":"$NaN","max":"$Infinity"}',
  '{"typed":{"__proto__":1,"then":2},"rows":[[],[{}]]}',
])("the state that a form was in is taken as it is: %s", async (state) => {
  expect(await fault(withState(state), takesForm)).toBeUndefined();
  expect(await fault(plain(`[${state}]`), null)).toBeUndefined();
});

test("what a state holds twice is named by its path the second time", async () => {
  expect(await fault(withState('{"recorded":[{"label":"a"}],"yours":["$0:0:recorded:0"]}'), takesForm)).toBeUndefined();
  expect(await fault(plain('[{"recorded":[{"label":"a"}],"yours":["$1:0:recorded:0"]}]'), null)).toBeUndefined();
});

const elsewhere = "2 9 @9 h9 Q9 W9 i9 A9 g9 V9 B9 R9 r9 X9 x9 K9 T Z".split(" ");
const nowhere = "0:7 1:7 0:0:b 1:0:b 0:0:a 1:0:a 0:length 0:0:__proto__ 0:constructor n1e9".split(" ");

test.each([...elsewhere, ...nowhere, `n${"1".repeat(301)}`, ""])(
  "a form that refers to what is not there, or to what no form of ours holds, is found: $%s",
  async (reference) => {
    const state = JSON.stringify({ a: "", kind: [`$${reference}`] });
    expect(await fault(withState(state), takesForm)).toBe("unreadable");
    expect(await fault(plain(`[${state}]`), null)).toBe("unreadable");
    expect(await fault(`["$${reference}"]`, takesNothing, "text/plain;charset=UTF-8")).toBe("unreadable");
  },
);

const sound = withState('"$undefined"');
test.each([
  ["arguments that stand twice", part("0", '["$undefined","$K1"]') + sound],
  ["a nameless field, which React takes for the arguments", part("", "x") + sound],
  ["arguments under another name for nought", part("S0", "x") + sound],
  ["too few arguments", part("0", '["$K1"]') + end],
  ["too many arguments", part("0", '["$undefined","$undefined","$K1"]') + end],
  ["a file", sound.replace('name="_1_amount"', 'name="_1_amount"; filename="a"')],
  ["a field that stands twice", part("_1_amount", "13.00") + sound],
  [
    "a part with a character set of its own",
    sound.replace('name="_1_amount"', 'name="_1_amount"\r\nContent-Type: text/plain; charset=utf-7'),
  ],
  ["a part in an encoding of its own", sound.replace('name="0"', 'name="0"\r\ncontent-transfer-encoding: base64')],
  ["a name with a control character, at which Next's reader gives up", part("_1_\u0000", "x") + sound],
  ["a name that ends its line", part("_1_x\ny", "x") + sound],
  ["a part with more said of it", sound.replace('name="0"', 'name="0"; x="y"')],
  ["a part without a name", sound.replace('; name="0"', "")],
  ["deeper lists than are read", withState("[".repeat(30_000) + "]".repeat(30_000))],
])("%s: no page of ours sends such a scripted form", async (_name, text) =>
  expect(await fault(text, takesForm)).toBe("unreadable"),
);

test.each([
  ["a description that refers to something else", plain("[0]").replace("$@1", "$1")],
  ["a description that holds more", plain("[0]").replace('"$@1"', '"$@1","x":"$9"')],
  ["a description that stands twice", part("$ACTION_3:0", "{}") + plain("[0]")],
  ["a state that stands twice", part("$ACTION_3:1", "[0]") + plain("[0]")],
  ["no state", plain("[]")],
  ["a field that stands twice", part("amount", "1") + part("amount", "2") + plain("[0]")],
  ["two actions", part("$ACTION_REF_3", "") + plain("[0]")],
  ["an action without the state that it takes", part("$ACTION_ID_60aa", "") + end],
])("%s: no page of ours sends such a form without scripts", async (_name, text) =>
  expect(await fault(text, null)).toBe("unreadable"),
);

test("the longest form is looked at in time in proportion to its length: what grows with the square takes minutes", async () => {
  const fill = (one: string) => one.repeat(Math.floor((bodyBytesMax - 1_000) / one.length));
  const longest = [
    [withState(`{"a":{},"b":[${fill('"$0:0:a",')}0]}`), takesForm],
    [withState(`["$0:${fill("0:")}"]`), takesForm],
    [fill(part("_", "")) + sound, takesForm],
    [fill(part("$ACTION_REF_3", "")) + plain("[0]"), null],
  ] as const;
  const looks = await Promise.all(longest.map(([text, action]) => fault(text, action)));
  expect(looks).toEqual([undefined, "unreadable", "unreadable", "unreadable"]);
});

test("what is no form of an action, or of no build, is left to the pages and to Next", async () => {
  expect(await fault("email=a", null, "application/x-www-form-urlencoded")).toBeUndefined();
  expect(await fault("", null, null)).toBeUndefined();
  expect(await fault("x", "toString", "text/plain")).toBeUndefined();
});

test("what its sender cut off in the middle is no form, and no error of ours", async () => {
  const cut = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("aborted")) });
  expect((await lookAtForm({ contentType: multipart, action: null, body: cut, bytesMax: bodyBytesMax })).fault).toBe(
    "unreadable",
  );
});

test.each([bodyBytesMax, strangerBytesMax])(
  "no more than %i bytes are read, also where nobody said how long the form is",
  async (bytesMax) => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1_000;
        controller.enqueue(new Uint8Array(1_000));
      },
    });
    expect(await lookAtForm({ contentType: multipart, action: null, body: endless, bytesMax })).toEqual({ fault: "too_long" });
    expect(pulled).toBeLessThan(bytesMax + 10_000);
  },
);
