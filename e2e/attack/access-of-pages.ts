import { builtRoutes } from "./actions";
import { type AttackedBank, type Role, roles } from "./attacked-bank";
import { attack, type Part } from "./part";
import { addressOf } from "./visitor";

/** What somebody gets: the page, "not there", to sign in first, somewhere else of their own, or no right to ask. */
type Gets = "page" | "absent" | "sign-in" | "elsewhere" | "401" | "403" | "405";
type Expected = Readonly<Record<Role, Gets>>;

const all = (gets: Gets): Expected => ({
  nobody: gets,
  "another customer": gets,
  holder: gets,
  teller: gets,
  auditor: gets,
  operator: gets,
});
const signedIn: Expected = { ...all("page"), nobody: "sign-in" };
const ofHolder: Expected = { ...signedIn, "another customer": "absent", operator: "absent" };
const ofProvers: Expected = { ...all("403"), nobody: "401", auditor: "page", operator: "page" };
const ofOperator: Expected = { ...all("absent"), nobody: "sign-in", operator: "page" };

/** A route that is built and has no line here fails the run: nothing new is open by default. */
const expectations: Readonly<Record<string, Expected>> = {
  "/": { ...all("elsewhere"), nobody: "sign-in" },
  "/accounts": { ...signedIn, operator: "absent" },
  "/accounts/open": { ...signedIn, auditor: "absent", operator: "absent" },
  "/accounts/[accountId]": ofHolder,
  "/accounts/[accountId]/timeline": ofHolder,
  "/accounts/[accountId]/as-of": ofHolder,
  "/accounts/[accountId]/deposit": { ...ofHolder, auditor: "absent" },
  "/accounts/[accountId]/withdraw": { ...ofHolder, auditor: "absent" },
  "/accounts/[accountId]/close": { ...ofHolder, auditor: "absent" },
  "/accounts/[accountId]/held": { ...ofHolder, holder: "elsewhere", teller: "elsewhere", auditor: "elsewhere" },
  "/activity": { ...all("absent"), nobody: "sign-in", teller: "page", auditor: "page" },
  "/operations": ofOperator,
  "/operations/[reader]/[wish]": ofOperator,
  "/settings": signedIn,
  "/change-password": signedIn,
  "/forgot-password": all("page"),
  "/register": all("page"),
  "/reset-password/[token]": all("page"),
  "/sign-in": all("page"),
  "/sign-out": all("page"),
  "/checking": all("page"), // says "not booked" of an id that is nobody's
  "/icon.svg": all("page"),
  "/api/commands/[commandId]": { ...all("page"), nobody: "401" }, // of one's own commands alone: see forged-bodies.ts
  "/api/events": { ...all("page"), nobody: "401" },
  "/api/form-check": all("405"), // asked for by POST alone; it does nothing
  "/api/health": all("page"),
  "/api/metrics": all("401"),
  "/api/moment": { ...all("page"), nobody: "401" }, // how a text is read; it looks at no account
  "/api/projections/run": all("405"), // asked for by POST alone, with a secret
  "/api/seals": ofProvers,
  "/api/seals/consistency": ofProvers,
  "/api/seals/inclusion": ofProvers,
};

const queries: Readonly<Record<string, string>> = {
  "/api/moment": "?text=3+march&zone=Europe/Berlin",
  "/api/seals/inclusion": "?position=1",
  "/accounts/[accountId]/as-of": "?t=2026-01-01T00:00:00.000Z",
  "/accounts/[accountId]/timeline": "?event=1",
};

const nobodysAccount = "acc_01jw0ragm0e098qr68a33z4ra0";

/** Every page and route handler for everybody, as a page and as the router's flight data. */
export const accessOfPages: Part = {
  name: "access: pages and routes",
  async run(bank) {
    const [listed, pages, flights, same] = [
      attack("every built route has an expectation, and no other"),
      attack("each role gets what is theirs of every page"),
      attack("the same, as flight data of the router"),
      attack("not yours and not there look the same"),
    ];
    const routes = builtRoutes();
    for (const route of routes) listed.expect(route in expectations, `${route} is built and nobody said who may see it`);
    for (const route of Object.keys(expectations)) listed.expect(routes.includes(route), `${route} is expected and not built`);

    for (const [route, expected] of Object.entries(expectations))
      for (const role of roles) {
        const path = addressOf({ path: route }, bank.account) + (await queryFor(bank, route));
        const page = await bank.as(role).get(path);
        pages.expect(got(page) === expected[role], `GET ${path} as ${role}: ${got(page)}, not ${expected[role]}`);
        if (route.startsWith("/api/") || route === "/icon.svg") continue;
        const flight = await bank.as(role).flight(path);
        flights.expect(got(flight) === expected[role], `flight of ${path} as ${role}: ${got(flight)}, not ${expected[role]}`);
        if (expected[role] !== "absent" || !route.includes("[accountId]")) continue;
        const elsewhere = addressOf({ path: route }, nobodysAccount) + (await queryFor(bank, route));
        const nowhere = [await bank.as(role).get(elsewhere), await bank.as(role).flight(elsewhere)];
        for (const [i, theirs] of [page, flight].entries()) {
          const [own, other] = [alike(theirs, bank.account), alike(nowhere[i], nobodysAccount)];
          same.expect(own === other, `${i ? "flight of" : "GET"} ${path} as ${role}: ${firstDifference(own, other)}`);
        }
      }
    return [listed, pages, flights, same].map((one) => one.finding());
  },
};

async function queryFor({ query }: AttackedBank, route: string): Promise<string> {
  if (route !== "/api/seals/consistency") return queries[route] ?? "";
  const seals = await query<{ size: string }>("select size::text from seals order by seals.size limit 2");
  return `?from=${seals[0]?.size ?? 0}&to=${seals.at(-1)?.size ?? 0}`;
}

type Answered = { status: number; headers: { location?: string | undefined }; text: string };

function got({ status, headers, text }: Answered): Gets | string {
  const to = headers.location ?? /NEXT_REDIRECT;[a-z]+;([^;]+);/.exec(text)?.[1];
  if (to !== undefined) return to.includes("/sign-in") ? "sign-in" : "elsewhere";
  if (text.includes("NEXT_HTTP_ERROR_FALLBACK;404")) return "absent"; // flight data says so itself, with 200
  if (status === 200) return "page";
  return status === 404 ? "absent" : String(status);
}

/** Without what differs between any two answers: nonces, the keys and numbers of a request, the order in which rows come. */
function alike(answer: Answered | undefined, account: string): string {
  if (!answer) return "";
  const shown = answer.text
    .replaceAll(/<script.*?<\/script>/gs, "") // flight data is compared by itself, and comes in pieces here
    .replaceAll(account, "ACCOUNT")
    .replaceAll(/nonce(":"|=")[^"]*/g, "nonce")
    .replaceAll(/"\$L?[0-9a-f]+","[\w-]{22}"/g, '"KEY"')
    .replaceAll(/\$[L@Q]?[0-9a-f]+/g, "")
    .replaceAll(/^[0-9a-f]+:/gm, "");
  return `${answer.status} ${shown.split("\n").sort().join("\n")}`;
}

function firstDifference(one: string, other: string): string {
  const at = [...one].findIndex((letter, i) => letter !== other[i]);
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 40), at + 40));
  return `${around(one)}, elsewhere ${around(other)}`;
}
