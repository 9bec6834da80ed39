const control = process.env.E2E_NETWORK ?? "";

/** Sets what lies between the server and its database: `away` refuses every connection, `back` lets all through. */
export async function network(state: "away" | "back"): Promise<void> {
  const answer = await fetch(`${control}/${state}`, { method: "POST" });
  if (!answer.ok) throw new Error(`the network is not ${state}: ${answer.status}`);
}

/** Runs with the database away; it is back afterwards whatever happens, and the server has noticed. */
export async function whileAway<T>(work: () => Promise<T>): Promise<T> {
  await network("away");
  try {
    return await work();
  } finally {
    await network("back");
    await untilAnswered();
  }
}

const waitMsMax = 60_000;

async function untilAnswered(): Promise<void> {
  const end = Date.now() + waitMsMax;
  while (Date.now() < end) {
    const answer = await fetch(`${process.env.E2E_BASE_URL}/sign-in`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("the server did not come back");
}
