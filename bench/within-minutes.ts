/** What `work` comes to, or an error once it has taken longer. What it still does then is left to itself. */
export async function withinMinutes<T>(minutes: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${minutes} minutes`)), minutes * 60_000);
  });
  work.catch(() => undefined); // once it is late, nobody listens
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
