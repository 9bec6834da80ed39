import { testSecrets } from "../testing/test-secrets";
import { seedDemoBook } from "./seed-demo-book";

// A seeding in a process of its own, for the test that kills it. Prints how far it is.

const ownerUrl = process.env.SEED_PROCESS_URL;
if (!ownerUrl) throw new Error("SEED_PROCESS_URL is not set");
await seedDemoBook({ ownerUrl, keys: testSecrets, report: (done) => console.log(done) });
