export type OriginCheck = {
  /** The request's `Origin` header. */
  origin: string | null;
  /** The request's `Host` header. */
  host: string | null;
  /** Origins whose forms are ours. */
  origins: readonly string[];
  /** Whether an operator said which origin is ours; then nothing else is. */
  isSet: boolean;
};

/**
 * Whether a form was sent by one of our own pages. The header is required: every browser sends it with a POST, and `null`
 * (sandboxed frames, redirects across origins) is refused. Where no origin was set, the host that was asked is the origin that counts.
 */
export function isOwnOrigin({ origin, host, origins, isSet }: OriginCheck): boolean {
  if (!origin || origin === "null") return false;
  if (origins.includes(origin)) return true;
  if (isSet || !host || !URL.canParse(origin)) return false;
  const { protocol, host: originHost, origin: canonical } = new URL(origin);
  return (protocol === "http:" || protocol === "https:") && canonical === origin && originHost === host.toLowerCase();
}
