/** Tells how far a piece of work is. Without a total only the count is shown. */
export type Report = (done: number, total?: number, note?: string) => void;

const tty = () => process.stderr.isTTY === true;
const redrawMsMin = 80;
const plainMsMin = 5_000; // where lines stay (a log, CI): one now and then

/**
 * Runs one step and shows it: a bar in a terminal, plain lines elsewhere. Written to standard error, so that a command's output
 * can be piped. `work` may return before it has reported anything.
 */
export async function step<T>(title: string, work: (report: Report) => Promise<T>): Promise<T> {
  const started = Date.now();
  let drawn = started;
  if (tty()) draw(`… ${title}`);
  const report: Report = (done, total, note) => {
    const now = Date.now();
    if (now - drawn < (tty() ? redrawMsMin : plainMsMin)) return;
    drawn = now;
    const line = describe(title, { done, total, note, elapsedMs: now - started });
    if (tty()) draw(`… ${line}`);
    else console.error(`  ${line}`);
  };
  try {
    const result = await work(report);
    finish(`✓ ${title} ${dim(seconds(Date.now() - started))}`);
    return result;
  } catch (error) {
    finish(`✗ ${title}`);
    throw error;
  }
}

/** A line beside the steps: why one waits, or what a server does. */
export function tell(message: string): void {
  console.error(`  ${message}`);
}

/** Milliseconds as people read them. */
export function seconds(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

type Progress = { done: number; total: number | undefined; note: string | undefined; elapsedMs: number };

function describe(title: string, { done, total, note, elapsedMs }: Progress): string {
  const tail = note ? ` · ${note}` : "";
  if (!total) return `${title} ${done.toLocaleString("en")}${tail}`;
  const share = Math.min(1, done / total);
  const left = share > 0.02 ? ` · ${seconds((elapsedMs / share) * (1 - share))} left` : "";
  return `${title} ${bar(share)} ${Math.floor(share * 100)} % (${done.toLocaleString("en")} of ${total.toLocaleString("en")})${left}${tail}`;
}

function bar(share: number): string {
  const width = 24;
  const full = Math.round(share * width);
  return `${"█".repeat(full)}${"░".repeat(width - full)}`;
}

function draw(text: string): void {
  process.stderr.write(`\r\x1b[2K  ${text.slice(0, Math.max(20, (process.stderr.columns ?? 100) - 3))}`);
}

function finish(text: string): void {
  process.stderr.write(tty() ? `\r\x1b[2K  ${text}\n` : `  ${text}\n`);
}

function dim(text: string): string {
  return tty() ? `\x1b[2m${text}\x1b[22m` : text;
}
