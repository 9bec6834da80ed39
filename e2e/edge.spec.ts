import { expect } from "@playwright/test";
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

test("no browser guesses what a file is, built files included", async ({ page, request }) => {
  await page.goto("/sign-in");
  const script = await page.locator("script[src*='/_next/static/']").first().getAttribute("src");
  for (const path of [script ?? "", "/favicon.ico", "/sign-in"]) {
    const answer = await request.get(path);
    expect(answer.headers()["x-content-type-options"], path).toBe("nosniff");
  }
});
