import { attack, type Part } from "./part";
import type { Headers } from "./send";
import { sendRaw } from "./send-raw";

const inLine = [
  "/accounts/acc_%F0%28",
  "/accounts/%E0%A4%A",
  "/%",
  "/%zz",
  "/sign-in%",
  "/_next/static/%E0%A4%A",
  "/api/health%C0%AF",
  "/sign-in?returnTo=%E0%A4%A",
  "/sign-in?returnTo=%",
  `/${"a".repeat(9_000)}`,
  `/${"a/".repeat(4_000)}`,
  `/accounts/${"%41".repeat(4_000)}`,
  `/sign-in?${"q=1&".repeat(3_500)}`,
  `/sign-in?${"a[b]".repeat(3_000)}`,
  `/sign-in?q=${"%00".repeat(3_000)}`,
  `/accounts?q=${"a".repeat(60_000)}`,
  "//",
  "///evil.example/",
  "//evil.example/accounts",
  "/\\evil.example",
  "/..",
  "/../../etc/passwd",
  "/..%2f..%2f..%2fetc/passwd",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/_next/static/..%2f..%2fserver/app/page.js",
  "/_next/static/../../package.json",
  "/_next/static/%2e%2e/%2e%2e/BUILD_ID",
  "/_next/../.env",
  "/accounts/..;/operations",
  "/accounts//open",
  "/accounts/./open",
  "/accounts/open/",
  "/sign-in%00",
  "/sign-in%0d%0aset-cookie:%20a=b",
  "/accounts/%00",
  "/accounts/\u00e9",
  "/accounts/%F0%9F%92%B6",
  "/accounts/%EF%BF%BE",
  "/accounts/[accountId]",
  "/accounts/acc_01jw0ragm0e098qr68a33z4ra0/__proto__",
  "/__proto__",
  "/constructor/prototype",
  "/_next/data/x/index.json",
  "/_next/image?url=http://127.0.0.1:1/&w=64&q=75",
  "/_next/image?url=//evil.example/x.png&w=64&q=75",
  "/_not-found",
  "/_global-error",
  "/_error",
  "/500",
  "/.well-known/x",
  "/api",
  "/api/",
  "/api/auth/sign-in/email",
  "/api/nothing",
  "/api/seals/inclusion?position=99999999999999999999",
  "http://evil.example/sign-in",
  "*",
  "",
  "?",
];

const methods = "HEAD OPTIONS TRACE TRACK CONNECT PUT PATCH DELETE PROPFIND SEARCH PURGE LINK get FOO".split(" ");
const asked = ["/sign-in", "/accounts", "/api/health", "/favicon.ico", "/icon.svg", "/_next/static/x.js", "/nowhere"];

const innerHeaders: Readonly<Record<string, string>> = {
  "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy",
  "x-middleware-rewrite": "/operations",
  "x-middleware-next": "1",
  "x-middleware-invoke": "1",
  "x-middleware-override-headers": "x-daybook-path",
  "x-invoke-path": "/operations",
  "x-invoke-output": "/operations",
  "x-invoke-status": "500",
  "x-invoke-error": '{"message":"x"}',
  "x-matched-path": "/operations",
  "x-now-route-matches": "1",
  "x-nextjs-data": "1",
  "x-nextjs-postponed": "1",
  "next-resume": "1",
  "x-prerender-revalidate": "1",
  "x-http-method-override": "DELETE",
  "x-original-url": "/operations",
  "x-rewrite-url": "/operations",
  "x-daybook-path": "/operations",
  "x-daybook-peer": "203.0.113.9",
  "x-nonce": "known",
  "next-router-prefetch": "1",
  "next-router-segment-prefetch": "/_tree",
  "next-router-state-tree": "%E0%A4%A",
  "accept-encoding": `gzip${", br".repeat(2_000)}`,
  expect: "200-ok",
  upgrade: "websocket",
  range: "bytes=0-1,2-3,9-,-1",
  "if-none-match": '"x", W/"y"',
};

function forgedHosts(origin: string): readonly Headers[] {
  const { host } = new URL(origin);
  return [
    { host: "evil.example" },
    { host: `${host}@evil.example` },
    { host, "x-forwarded-host": "evil.example" },
    { host, "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-port": "443" },
    { host, forwarded: "host=evil.example;proto=https" },
    { host, "x-host": "evil.example", "x-forwarded-server": "evil.example", "x-original-host": "evil.example" },
  ];
}

/** Addresses and methods that no page of ours leads to: answered in words, never by an error of ours. */
export const oddAddresses: Part = {
  name: "odd addresses and methods",
  async run({ origin, as, action, query, every, visitor }) {
    const [lines, ways, inner, hosts, filed] = [
      attack("odd addresses are answered without an error of ours"),
      attack("other methods are refused, also on files"),
      attack("headers of Next's own insides change nothing"),
      attack("a forged host stands in no answer"),
      attack("a form sent to a file does nothing"),
    ];
    for (const line of inLine) {
      const answer = await sendRaw(origin, `GET ${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      every.watch({ path: line }, answer);
      lines.expect(
        answer.status >= 200 && answer.status < 500,
        `GET ${line.slice(0, 60)} → ${answer.status} ${answer.text.slice(0, 60)}`,
      );
    }
    for (const method of methods)
      for (const path of asked) {
        const answer = await sendRaw(origin, `${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
        const isClosed = method === "CONNECT" && answer.status === 0; // Node hangs up on who asks for a tunnel
        const isRefused = answer.status >= 400 && answer.status < 500;
        const isHeld = isRefused || isClosed || (method === "HEAD" && answer.status < 500);
        ways.expect(isHeld, `${method} ${path} → ${answer.status} ${answer.text.slice(0, 60)}`);
        if (answer.status > 0) every.watch({ method, path }, answer);
      }
    const customer = as("holder");
    const plain = await customer.get("/operations");
    const shown = (await as("operator").get("/operations")).text.includes("account_balances");
    inner.expect(shown && plain.status === 404, "the operator does not see it, or a customer does");
    for (const [name, value] of Object.entries(innerHeaders)) {
      const answer = await customer.get("/operations", { [name]: value });
      const isHeld = answer.status === plain.status || (answer.status >= 400 && answer.status < 500) || answer.status === 101;
      inner.expect(
        isHeld && !answer.text.includes("account_balances"),
        `GET /operations as a customer · ${name} → ${answer.status}`,
      );
    }
    for (const headers of forgedHosts(origin))
      for (const path of ["/", "/accounts", "/sign-in", "/nowhere"]) {
        const answer = await visitor().get(path, headers);
        const told = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
        hosts.expect(
          answer.status < 500 && !JSON.stringify(answer).includes("evil.example"),
          `GET ${path} · ${told.join(" · ")} → ${answer.status} ${answer.headers.location ?? ""}`,
        );
      }
    const [before] = await query<{ n: number }>("select count(*)::int as n from sessions");
    for (const path of ["/favicon.ico", "/icon.svg", "/_next/static/chunks/x.js", "/robots.txt"])
      for (const way of ["plain", "scripted"] as const) {
        const answer = await as("auditor").act(action("signOutAction"), { fields: {}, way, path });
        filed.expect(answer.status === 405 || answer.status === 404, `POST ${path} with a form (${way}) → ${answer.status}`);
      }
    const [after] = await query<{ n: number }>("select count(*)::int as n from sessions");
    filed.expect(before?.n === after?.n, "a form to a file signed somebody out");
    return [lines, ways, inner, hosts, filed].map((one) => one.finding());
  },
};
