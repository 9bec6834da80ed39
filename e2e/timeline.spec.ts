import { expect } from "@playwright/test";
import { accountOf } from "./book";
import { test } from "./fixtures";
import { people } from "./people";

test("every event is one sentence with the balance after it, newest first", async ({ page, as }) => {
  await as("ada");
  await page.goto(`/accounts/${await accountOf(people.ada.email, "EUR")}/timeline`);
  const rows = page.getByRole("list", { name: "Events" }).getByRole("listitem");
  await expect(rows).toHaveCount(30);
  await expect(rows.first()).toContainText(/You (deposited|withdrew) €/);
  await expect(rows.first()).toContainText("Balance after");
});

test("“Load more” is a link that grows the list, and Back returns to where one was", async ({ page, as }) => {
  await as("ada");
  await page.goto(`/accounts/${await accountOf(people.ada.email, "EUR")}/timeline`);
  const rows = page.getByRole("list", { name: "Events" }).getByRole("listitem");
  await page.getByRole("link", { name: "Load more" }).click();
  await expect(rows).toHaveCount(60);
  await expect(page).toHaveURL(/count=60/);
  await page.goBack();
  await expect(rows).toHaveCount(30);
});

test("filters and order stand in the address", async ({ page, as }) => {
  await as("ada");
  await page.goto(`/accounts/${await accountOf(people.ada.email, "EUR")}/timeline`);
  await page.getByRole("search").getByLabel("Events").selectOption("deposits");
  await page.getByLabel("Order").selectOption("oldest");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/show=deposits/);
  const rows = page.getByRole("list", { name: "Events" }).getByRole("listitem");
  await expect(rows.first()).toContainText("deposited");
  await expect(rows.filter({ hasText: "withdrew" })).toHaveCount(0);
});

test("the inspector steps through events by key, and closes", async ({ page, as }) => {
  await as("ada");
  await page.goto(`/accounts/${await accountOf(people.ada.email, "EUR")}/timeline?event=300`);
  const inspector = page.getByRole("complementary", { name: "Event 300" });
  await expect(inspector).toContainText("State before and after");
  await expect(inspector.getByText("changed to")).not.toHaveCount(0);
  await page.keyboard.press("]");
  await expect(page.getByRole("complementary", { name: "Event 301" })).toBeVisible();
  await page.keyboard.press("[");
  await expect(inspector).toBeVisible();
  await page.getByRole("link", { name: "Close the inspector" }).click();
  await expect(page.getByRole("complementary")).toHaveCount(0);
});

test("an auditor sees envelope, payload and command; a customer sees none of them", async ({ page, as }) => {
  const path = `/accounts/${await accountOf(people.ada.email, "EUR")}/timeline?event=300`;
  await as("auditor");
  await page.goto(path);
  await expect(page.getByRole("heading", { name: "Envelope" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Command" })).toBeVisible();
  await expect(page.getByText("Ada Lindqvist").first()).toBeVisible();
  await as("ada");
  await page.goto(path);
  await expect(page.getByRole("heading", { name: "Event 300" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Envelope" })).toHaveCount(0);
  expect(await page.content()).not.toContain("cmd_");
});
