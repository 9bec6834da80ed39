import type { NextConfig } from "next";

// Tests build beside a running Daybook, never over it; Next notes each such folder in a tsconfig, so it gets one of its own.
const dist = process.env.DAYBOOK_DIST ?? ".next";
const tsconfigPath = dist === ".next" ? "tsconfig.json" : `${dist}.tsconfig.json`;

const config: NextConfig = {
  distDir: dist,
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: true,
  typedRoutes: true,
  serverExternalPackages: ["pg", "@node-rs/argon2", "pino", "nodemailer"],
  // Types are checked once, by `npm run types`, tests and terminal included.
  typescript: { ignoreBuildErrors: true, tsconfigPath },
  experimental: { authInterrupts: true },
};

export default config;
