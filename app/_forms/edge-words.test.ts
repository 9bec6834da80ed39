import { expect, test } from "vitest";
import { edgeAnswer } from "../_server/edge-answer";
import type { PlainPage } from "../_server/plain-page";
import { readEdgeText } from "./edge-words";

const page: PlainPage = {
  status: 403,
  title: "Not from <us>",
  text: ["It’s “said”.", "Nothing was done."],
  link: { href: '/a?b="c"', text: "Back" },
};

test("a form with scripts gets the edge's words as the text that Next hands on", async () => {
  const answer = edgeAnswer(page, { headers: new Headers({ "next-action": "40aa" }), nonce: "n" });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([403, "text/plain"]);
  const bytes = await answer.clone().arrayBuffer();
  expect(new Uint8Array(bytes).every((byte) => byte < 0x80)).toBe(true);
  expect(readEdgeText(await answer.text())).toEqual({ title: "Not from <us>", text: "It’s “said”. Nothing was done." });
});

test("without scripts they are a page, in which nothing that was sent is markup", async () => {
  const form = { action: "/x", fields: [["a", '"><script>']], button: "Send it again" } as const;
  const answer = edgeAnswer({ ...page, form }, { headers: new Headers(), nonce: "n" });
  const html = await answer.text();
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(html).toContain("<h1>Not from &lt;us&gt;</h1>");
  expect(html).toContain('href="/a?b=&quot;c&quot;"');
  expect(html).toContain('name="a" value="&quot;&gt;&lt;script&gt;"');
  expect(html).not.toContain("<script");
});

test.each([
  "An unexpected response was received from the server.",
  "<h1>502</h1>",
  '{"daybook":1}',
  "upstream timed out",
  "null",
])("%s is nobody's but somebody else's", (text) => expect(readEdgeText(text)).toBeUndefined());
