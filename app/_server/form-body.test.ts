import { expect, test } from "vitest";
import { bodyBytesMax, faultOfForm } from "./form-body";

const boundary = "----WebKitFormBoundaryAbCdEf0123456789";
const multipart = `multipart/form-data; boundary=${boundary}`;
const part = (name: string, text: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
const end = `--${boundary}--\r\n`;
const takesForm = `60${"a".repeat(40)}`;
const takesNothing = `00${"a".repeat(40)}`;
const scripted = `${part("_1_amount", "12.00")}${part("0", '["$undefined","$K1"]')}${end}`;

const fault = (text: string, action: string | null, contentType: string | null = multipart) =>
  faultOfForm({ contentType, action, body: new Response(text).body });

test("what React sends is taken as it is: with scripts, without, and a call that carries no form", async () => {
  expect(await fault(scripted, takesForm)).toBeUndefined();
  expect(await fault(`${part("$ACTION_ID_60aa", "")}${part("amount", "1")}${end}`, null)).toBeUndefined();
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

test("what is no form of an action, or of no build, is left to the pages and to Next", async () => {
  expect(await fault("email=a", null, "application/x-www-form-urlencoded")).toBeUndefined();
  expect(await fault("", null, null)).toBeUndefined();
  expect(await fault("x", "toString", "text/plain")).toBeUndefined();
});

test("no more is read than a form may hold, also where nobody said how long it is", async () => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 100_000;
      controller.enqueue(new Uint8Array(100_000));
    },
  });
  expect(await faultOfForm({ contentType: multipart, action: null, body: endless })).toBe("too_long");
  expect(pulled).toBeLessThan(bodyBytesMax + 500_000);
});
