import type { AttackedBank } from "./attacked-bank";
import { attack, type Part } from "./part";
import type { Headers } from "./send";

/** Routes for machines, and the secret that opens each. */
const routes = [
  { method: "GET", path: "/api/metrics", secret: "metrics", other: "runRoute" },
  { method: "POST", path: "/api/projections/run", secret: "runRoute", other: "metrics" },
  { method: "GET", path: "/api/seals", secret: "metrics", other: "runRoute" },
] as const;

/** What is no token, though it comes near. An empty name: sent without the header. */
function nearly(token: string, other: string): readonly Headers[] {
  const given = [
    "",
    "Bearer",
    "Bearer ",
    "Bearer undefined",
    "Bearer null",
    `Bearer ${other}`,
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${token}x`,
    `Bearer x${token}`,
    `Bearer ${token} ${token}`,
    `Bearer ${token}, Bearer ${token}`,
    `Bearer ${token.toUpperCase()}`,
    `Bearer ${"a".repeat(8_000)}`,
    `Basic ${Buffer.from(`x:${token}`).toString("base64")}`,
    token,
  ].map((authorization): Headers => (authorization === "" ? {} : { authorization }));
  return [...given, { "x-authorization": `Bearer ${token}` }, { cookie: `authorization=Bearer ${token}` }];
}

/** Routes that carry a secret instead of a session: opened by that secret alone, in its own header. */
export const machineTokens: Part = {
  name: "secrets of machines",
  async run(bank) {
    const kept = attack("routes for machines open to their own secret alone");
    for (const { method, path, secret, other } of routes) {
      const [token, wrong] = [bank.secrets[secret], bank.secrets[other]];
      const sound = await bank.visitor().request({ method, path, headers: { authorization: `Bearer ${token}` } });
      kept.expect(sound.status === 200, `${method} ${path} with its secret → ${sound.status}`);
      for (const headers of nearly(token, wrong)) {
        const { status } = await bank.visitor().request({ method, path, headers });
        const [[name, value] = ["no header", ""]] = Object.entries(headers);
        kept.expect(
          refuses(status),
          `${method} ${path} · ${name}: ${value.replaceAll(token, "SECRET").slice(0, 60)} → ${status}`,
        );
      }
      const inAddress = await bank.visitor().request({ method, path: `${path}?token=${token}&authorization=Bearer%20${token}` });
      kept.expect(refuses(inAddress.status), `${method} ${path} with its secret in the address → ${inAddress.status}`);
      if (path === "/api/seals") continue; // open to auditors and operators too: see access-of-pages.ts
      for (const role of ["holder", "teller", "auditor", "operator"] as const) {
        const { status } = await bank.as(role).request({ method, path, headers: { origin: bank.origin } });
        kept.expect(refuses(status), `${method} ${path} as ${role} → ${status}`);
      }
    }
    kept.expect(!(await healthOf(bank, "Bearer x")).includes("build"), "health tells its build to who has a wrong token");
    kept.expect((await healthOf(bank, `Bearer ${bank.secrets.metrics}`)).includes("build"), "health tells nobody its build");
    return [kept.finding()];
  },
};

const refuses = (status: number) => status === 401 || status === 403 || status === 431;

async function healthOf(bank: AttackedBank, authorization: string): Promise<string> {
  return (await bank.visitor().get("/api/health", { authorization })).text;
}
