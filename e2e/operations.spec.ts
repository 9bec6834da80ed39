import { createPublicKey, verify } from "node:crypto";
import { expect } from "@playwright/test";
import { query } from "./book";
import { expectAccessible, expectNoSidewaysScroll, test } from "./fixtures";

test.use({ expectedErrors: /40[0134] \(/ });

type Seals = { keyId: string; publicKey: string; seals: string[]; next: string | null };

test("an operator sees the book, its seals, the database and the commands, wide and narrow", async ({ page, as }) => {
  await as("operator");
  await page.goto("/operations");
  for (const name of ["The book", "The database", /^Commands of this process, in the last /])
    await expect(page.getByRole("region", { name })).toBeVisible();
  const book = page.getByRole("region", { name: "The book" });
  await expect(book).toContainText("Not sealed yet");
  await expect(book).toContainText("Last verified");
  await expect(page.getByRole("region", { name: "Held accounts" })).toHaveCount(0);
  await expectAccessible(page);
  for (const width of [768, 1024]) {
    await page.setViewportSize({ width, height: 740 });
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});

test("to everybody else operations are not there, and metrics want their token", async ({ page, as, request }) => {
  for (const person of ["ada", "teller", "auditor"] as const) {
    await as(person);
    expect((await page.goto("/operations"))?.status(), person).toBe(404);
  }
  for (const headers of [{}, { authorization: "Bearer " }, { authorization: "Bearer wrong" }])
    expect((await request.get("/api/metrics", { headers })).status()).toBe(401);
  const told = await request.get("/api/metrics", { headers: { authorization: `Bearer ${process.env.E2E_METRICS_SECRET}` } });
  expect(told.status()).toBe(200);
  expect(await told.text()).toContain("daybook_log_head_position ");
});

test("an auditor takes the seals away and checks them with nothing but the public key; others get none", async ({
  page,
  as,
  request,
}) => {
  for (const path of ["/api/seals", "/api/seals/consistency?from=1&to=2", "/api/seals/inclusion?position=1"])
    expect((await request.get(path)).status(), path).toBe(401);
  await as("ada");
  expect((await page.request.get("/api/seals")).status()).toBe(403);
  await page.context().clearCookies();

  await as("auditor");
  await expect.poll(async () => (await query("select from seals")).length).toBeGreaterThan(0);
  const { publicKey, seals } = (await (await page.request.get("/api/seals")).json()) as Seals;
  const sizes: string[] = [];
  for (const line of seals) {
    const [text = "", signature = ""] = line.split(" ");
    expect(verify(null, Buffer.from(text), createPublicKey(publicKey), Buffer.from(signature, "base64"))).toBe(true);
    sizes.push(JSON.parse(text).size);
  }
  const [first] = sizes;
  const consistency = await page.request.get(`/api/seals/consistency?from=${first}&to=${sizes.at(-1)}`);
  expect(await consistency.json()).toMatchObject({ older: seals[0], newer: seals.at(-1) });
  const inclusion = await page.request.get("/api/seals/inclusion?position=1");
  expect(await inclusion.json()).toMatchObject({ index: "0", seal: seals[0] });
  for (const path of [
    "?after=-1",
    "?after=1e9",
    "?limit=0",
    "?limit=abc",
    "?x=1",
    "/consistency?from=2",
    "/inclusion?position=%F0%9F%98%80",
  ])
    expect((await page.request.get(`/api/seals${path}`)).status(), path).toBe(400);
  for (const path of ["/consistency?from=2&to=1", "/inclusion?position=999999999", "/inclusion?position=0"])
    expect((await page.request.get(`/api/seals${path}`)).status(), path).toBe(404);
});
