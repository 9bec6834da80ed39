import { afterAll } from "vitest";
import { createRuntime, type Runtime } from "../runtime";
import { type TestDatabase, testDatabase } from "./test-database";
import { testSecrets } from "./test-secrets";

/** A database of the test file's own and a runtime on it, as the application has it. Both end after the file's last test. */
export async function testRuntime(): Promise<{ database: TestDatabase; runtime: Runtime }> {
  const database = await testDatabase();
  const runtime = createRuntime({ url: database.appUrl, keys: testSecrets });
  afterAll(async () => {
    await runtime.close();
    await database.drop();
  });
  return { database, runtime };
}
