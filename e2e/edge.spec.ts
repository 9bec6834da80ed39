import { type APIRequestContext, expect } from "@playwright/test";
import { query } from "./book";
import { test } from "./fixtures";

for (const origin of ["https://evil.example", "null", undefined])
  test(`a form from ${origin ?? "nowhere"} is refused in words, and the security log knows`, async ({ request }) => {
    const refusals = () =>
      query<{ origin: string }>("select detail ->> 'origin' as origin from security_log where kind = 'origin_refused'");
    const before = await refusals();
    const answer = await request.post("/sign-in", { headers: origin ? { origin } : {}, form: { email: "a@example.org" } });
    expect(answer.status()).toBe(403);
    expect(await answer.text()).toContain("This form did not come from Daybook");
    expect(answer.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
    const after = await refusals();
    expect(after.length).toBe(before.length + 1);
    expect(after.map((row) => row.origin)).toContain(origin ?? "absent");
  });

for (const name of ["host", "x-forwarded-host"])
  test(`a form of our own is read also where a proxy asks by another ${name}`, async ({ request, baseURL }) => {
    const headers = { origin: baseURL ?? "", [name]: "inside.example:8080" };
    const page = await request.get("/sign-in", { headers });
    const action = /name="(\$ACTION_ID_[0-9a-f]+)"/.exec(await page.text())?.[1] ?? "";
    expect(action).not.toBe("");
    const answer = await request.post("/sign-in", { headers, multipart: { [action]: "", email: "nobody@example.org" } });
    expect(answer.status()).toBeLessThan(500);
  });

test("more than a form holds is refused in words", async ({ request, baseURL }) => {
  const form = { email: "a".repeat(1_100_000) };
  const answer = await request.post("/sign-in", { headers: { origin: baseURL ?? "" }, form });
  expect(answer.status()).toBe(413);
  expect(await answer.text()).toContain("more than a form holds");
});

const boundary = "----daybook0123456789";
const multipart = `multipart/form-data; boundary=${boundary}`;
type Unreadable = readonly [name: string, contentType: string, scripted: boolean, body: (sound: string) => string];
const refersTo = (reference: string): Unreadable => [
  `a scripted form that refers to ${reference}, which is not there`,
  multipart,
  true,
  (sound) => sound.replace('"$undefined"', `{"a":"${reference}"}`),
];
const unreadable: readonly Unreadable[] = [
  ["a form cut short", multipart, false, (sound) => sound.slice(0, -40)],
  ["a form without its end", multipart, false, (sound) => sound.slice(0, -`--${boundary}--\r\n`.length)],
  ["a form whose parts have another boundary", `${multipart}y`, false, (sound) => sound],
  ["a form whose parts have no boundary", "multipart/form-data", false, (sound) => sound],
  ["a form that names no action", multipart, false, () => part("email", "a@example.org") + end],
  ["a form whose action is described by no JSON", multipart, false, (sound) => sound.replace('{"id"', '{"id')],
  ["a form that lacks what its action is bound to", multipart, false, (sound) => sound.replace(':1"', ':7"')],
  ["a form whose state refers elsewhere", multipart, false, (sound) => sound.replace('[{"kind":', '[{"x":"$9","kind":')],
  ["no form at all", multipart, false, () => ""],
  ["a scripted form cut short", multipart, true, (sound) => sound.slice(0, -40)],
  ["a scripted form with broken JSON", multipart, true, (sound) => sound.replace('"$K1"]', '"$K1"')],
  ["a scripted form without arguments", multipart, true, () => part("_1_email", "a@example.org") + end],
  ["scripted arguments without a form", multipart, true, () => part("0", '["$undefined",{}]') + end],
  ...["$9", "$h9", "$Q9", "$A9", "$B9", "$0:0:b"].map(refersTo),
  ["a scripted form with a nameless field", multipart, true, (sound) => part("", "x") + sound],
  ["a scripted call with broken JSON", "text/plain;charset=UTF-8", true, () => '["$K1"'],
  ["a scripted call of an action that takes a form", "text/plain;charset=UTF-8", true, () => "[]"],
  ["a scripted call that is a form of the old kind", "application/x-www-form-urlencoded", true, () => "email=a"],
];
const part = (name: string, text: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
const end = `--${boundary}--\r\n`;

/** The form that the page of signing in would send, and the id of its action. */
async function soundForms(request: APIRequestContext): Promise<{ action: string; plain: string; scripted: string }> {
  const html = (await (await request.get("/sign-in")).text()).replaceAll("&quot;", '"');
  const described = /name="(\$ACTION_(\d+):0)" value="(\{"id":"([0-9a-f]+)"[^>]*\})"/.exec(html);
  const [, name = "", number = "", description = "", action = ""] = described ?? [];
  const bound = new RegExp(`name="\\$ACTION_${number}:1" value="([^>]*)"/>`).exec(html)?.[1] ?? "";
  const key = /name="\$ACTION_KEY" value="([^"]*)"/.exec(html)?.[1] ?? "";
  const typed = (prefix: string) => part(`${prefix}email`, "nobody@example.org") + part(`${prefix}password`, "wrong");
  expect([action, bound]).not.toContain("");
  return {
    action,
    plain:
      part(`$ACTION_REF_${number}`, "") +
      part(name, description) +
      part(`$ACTION_${number}:1`, bound) +
      part("$ACTION_KEY", key) +
      typed("") +
      end,
    scripted: typed("_1_") + part("0", '["$undefined","$K1"]') + end,
  };
}

for (const [name, contentType, isScripted, body] of unreadable)
  test(`${name} is refused in words, and the security log knows`, async ({ request, baseURL }) => {
    const refusals = async () => (await query("select from security_log where kind = 'form_unreadable'")).length;
    const before = await refusals();
    const { action, plain, scripted } = await soundForms(request);
    const headers = { origin: baseURL ?? "", "content-type": contentType, ...(isScripted && { "next-action": action }) };
    const answer = await request.post("/sign-in", { headers, data: body(isScripted ? scripted : plain) });
    expect(answer.status()).toBe(400);
    expect(await answer.text()).toContain("This form cannot be read");
    expect(await refusals()).toBe(before + 1);
  });

test("a sound form is read with scripts and without, one of another build gets its own answer, and a fault of ours stays one", async ({
  request,
  baseURL,
}) => {
  const { action, plain, scripted } = await soundForms(request);
  const origin = baseURL ?? "";
  const send = (data: string, more: Record<string, string> = {}) =>
    request.post("/sign-in", { headers: { origin, "content-type": multipart, ...more }, data });
  const both = async () => [await send(plain), await send(scripted, { "next-action": action })];
  for (const answer of await both()) {
    expect(answer.status()).toBe(200);
    expect(await answer.text()).toMatch(/That did not sign you in|Too many tries/);
  }
  const stale = `${action.slice(0, -4)}0000`;
  const refused = await send(scripted, { "next-action": stale });
  expect([refused.status(), refused.headers()["x-nextjs-action-not-found"]]).toEqual([409, "1"]);
  expect((await send(plain.replace(action, stale))).status()).toBe(409);
  await query("alter table sign_in_attempts rename to attempts_elsewhere");
  try {
    for (const answer of await both()) expect(answer.status()).toBe(500);
  } finally {
    await query("alter table attempts_elsewhere rename to sign_in_attempts");
  }
});

test("no browser guesses what a file is, built files included", async ({ page, request }) => {
  await page.goto("/sign-in");
  const script = await page.locator("script[src*='/_next/static/']").first().getAttribute("src");
  for (const path of [script ?? "", "/favicon.ico", "/sign-in"]) {
    const answer = await request.get(path);
    expect(answer.headers()["x-content-type-options"], path).toBe("nosniff");
  }
});
