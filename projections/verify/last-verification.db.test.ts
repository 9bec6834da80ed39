import { expect, test } from "vitest";
import { testDatabase } from "@/infra/testing/test-database";
import { lastVerification, recordVerification } from "./last-verification";

test("the verification that finished last is told, whatever it found", async () => {
  const { pool, pools, drop } = await testDatabase();
  try {
    expect(await lastVerification(pool)).toBeUndefined();
    await recordVerification(pools.sealer, { tookMs: 12.4, sound: true, fault: null, held: 0, head: 9n, sealed: 8n });
    const last = { tookMs: 7, sound: false, fault: "position 3: missing", held: 3, head: 2n, sealed: 0n };
    await recordVerification(pools.sealer, last);
    expect(await lastVerification(pool)).toMatchObject(last);
  } finally {
    await drop();
  }
});
