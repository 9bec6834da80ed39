import type pg from "pg";

/** The n-th statement of a piece of work (from 1), and whether the connection goes before it is sent or after it was carried out. */
export type CutPoint = { step: number; when: "before" | "after" };

/** What the work gets to see: an error as of a lost connection, or, when its process died, nothing ever again. */
export type Aftermath = "error" | "silence";

/** Before and after each statement from the `from`-th on (counted from 1), with words for it. */
export function cutPoints(statements: readonly string[], from = 1): readonly (CutPoint & { words: string })[] {
  return statements
    .slice(from - 1)
    .flatMap((statement, i) =>
      (["before", "after"] as const).map((when) => ({ step: from + i, when, words: `${when} ${statement}` })),
    );
}

type Queries = Pick<pg.ClientBase, "query">;

/**
 * Watches the statements of connections and cuts one at a chosen point, once. The server sees the connection end, as it would in a crash;
 * whatever is asked later goes through.
 */
export function cutAt(point: CutPoint | undefined, aftermath: Aftermath = "error") {
  const statements: string[] = [];
  let struck = false;

  async function carryOut(client: pg.ClientBase, args: unknown[]): Promise<unknown> {
    statements.push(textOf(args[0]));
    const here = !struck && statements.length === point?.step;
    const send = () => (client.query as (...args: unknown[]) => Promise<unknown>).apply(client, args);
    if (!here) return send();
    if (point.when === "after") await send();
    struck = true; // now, so that whoever waits for it finds the statement carried out
    cut(client);
    if (aftermath === "silence") return new Promise(() => {});
    throw new Error("Connection terminated unexpectedly");
  }

  return {
    /** The same connection, its statements watched. */
    watch<Client extends pg.ClientBase & Queries>(client: Client): Client {
      return new Proxy(client, {
        get(target, name) {
          if (name === "query") return (...args: unknown[]) => carryOut(target, args);
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
    },
    /** What was asked for so far, by the first words of each statement. */
    statements: statements as readonly string[],
    get struck(): boolean {
      return struck;
    },
  };
}

function textOf(query: unknown): string {
  const text =
    typeof query === "string" ? query : ((query as { name?: string; text?: string }).name ?? (query as { text?: string }).text);
  return (text ?? "").trim().split(/\s+/).slice(0, 6).join(" ");
}

function cut(client: pg.ClientBase): void {
  client.on("error", () => {});
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}
