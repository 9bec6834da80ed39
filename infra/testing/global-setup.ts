import { makeTemplate, type TestServer } from "@/infra/testing/template";
import { startTestServer } from "@/infra/testing/test-server";

declare module "vitest" {
  interface ProvidedContext {
    daybookTestServer: TestServer;
  }
}

/** One PostgreSQL for the whole run, with a migrated database that every test file clones. */
export default async function setup(project: {
  provide(key: "daybookTestServer", value: TestServer): void;
}): Promise<() => Promise<void>> {
  const server = await startTestServer();
  try {
    const { drop, ...template } = await makeTemplate(server.adminUrl);
    project.provide("daybookTestServer", template);
    return async () => {
      await drop();
      await server.stop();
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
