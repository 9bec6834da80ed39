import { attack, type Part } from "./part";
import type { Headers } from "./send";
import { soundFields } from "./sound-fields";
import { changedSince, standing } from "./standing";
import { ways } from "./visitor";

/** Headers of a form that no page of ours sent. An empty value: the header is left out. */
function foreign(origin: string): readonly Headers[] {
  const { host, hostname, port } = new URL(origin);
  const evil = "http://evil.example";
  return [
    { origin: "" },
    { origin: "null" },
    { origin: "https://evil.example" },
    { origin: `${origin}.evil.example` },
    { origin: `http://${hostname}:${Number(port) + 1}` },
    { origin: `http://${hostname}` },
    { origin: `https://${host}` },
    { origin: `http://somebody@${host}` },
    { origin: `${evil}#${origin}` },
    { origin: `http://${host}@evil.example` },
    { origin: `${origin}/` },
    { origin: `${origin}, ${evil}` },
    { origin: `http://[::2]:${port}` }, // the three names of this machine alone are the bank's own
    { origin: `http://127.0.0.2:${port}` },
    { origin: "file://" },
    { origin: evil, host: "evil.example" },
    { origin: evil, host: "evil.example", "x-forwarded-host": "evil.example" },
    { origin: evil, "x-forwarded-host": "evil.example", "x-forwarded-proto": "http" },
    { origin: "", referer: `${origin}/sign-in` },
    { origin: "", referer: `${origin}/sign-in`, "sec-fetch-site": "same-origin" },
    { origin: "", "sec-fetch-site": "none" },
    { origin: "", "x-forwarded-host": host, forwarded: `host=${host}` },
  ];
}

/** Forms that another site makes a signed-in browser send: refused in words at every action, before anything is read. */
export const crossOrigin: Part = {
  name: "posts from elsewhere",
  async run(bank) {
    const [refused, done] = [
      attack("a form from elsewhere is refused at every action"),
      attack("and nothing was booked, saved or ended by it"),
    ];
    const before = await standing(bank);
    for (const [i, action] of bank.actions.entries())
      for (const [j, headers] of foreign(bank.origin).entries()) {
        const way = ways[(i + j) % ways.length] ?? "plain";
        const fields = soundFields(action, bank.account);
        const sender = bank.as(action.name === "operate" || action.name === "retry" ? "operator" : "holder");
        const { status, text } = await sender.act(action, { fields, way, headers });
        const told = Object.entries(headers).map(([name, value]) => `${name}: ${value || "none"}`);
        refused.expect(
          status === 403 && text.includes("did not come from Daybook"),
          `${action.name} (${way}) · ${told.join(" · ")} → ${status}`,
        );
      }
    const changed = await changedSince(bank, before);
    done.expect(changed === "", `${changed} changed`);
    return [refused, done].map((one) => one.finding());
  },
};
