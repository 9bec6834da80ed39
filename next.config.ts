import type { NextConfig } from "next";

const config: NextConfig = {
  // Tests build beside a running Daybook, never over it.
  ...(process.env.DAYBOOK_DIST ? { distDir: process.env.DAYBOOK_DIST } : {}),
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: true,
  typedRoutes: true,
  serverExternalPackages: ["pg", "@node-rs/argon2", "pino"],
  typescript: { ignoreBuildErrors: true }, // types are checked once, by `npm run types`, tests and terminal included
  experimental: { authInterrupts: true },
};

export default config;
