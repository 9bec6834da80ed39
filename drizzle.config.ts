import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: ["./infra/**/*.table.ts", "./projections/**/table.ts"],
  out: "./infra/migrations",
});
