import { afterAll } from "vitest";
import { createRuntime, type Runtime } from "../runtime";
import { waitMsMax } from "./patience";
import { type TestDatabase, testDatabase } from "./test-database";
import { testSecrets } from "./test-secrets";

/** On a slow machine a command waits for long, and is not to be called "busy" for that. */
const queueLimits = { waitMsMax };

/** A database of the test file's own and a runtime on it, as the application has it. Both end after the file's last test. */
export async function testRuntime(): Promise<{ database: TestDatabase; runtime: Runtime }> {
  const database = await testDatabase();
  const runtime = createRuntime({ urls: database.urls, keys: testSecrets, queueLimits });
  afterAll(async () => {
    await runtime.close();
    await database.drop();
  });
  return { database, runtime };
}
