import { createHash } from "node:crypto";
import type { Secrets } from "@/infra/config/secrets";

const key = (name: string): Buffer => createHash("sha256").update(`daybook test ${name}`).digest();

/** Fixed secrets for tests: the template database was made with them. */
export const testSecrets: Secrets = {
  session: key("session").toString("base64"),
  runRoute: key("runRoute").toString("base64"),
  metrics: key("metrics").toString("base64"),
  serverActions: key("serverActions").toString("base64"),
  roles: key("roles").toString("base64"),
  hmac: key("hmac"),
  master: key("master"),
  seal: key("seal"),
};
