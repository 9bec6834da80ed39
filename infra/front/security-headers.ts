type Headers = Readonly<Record<string, string>>;

/** What no browser should do with any answer of ours, a file or an error included. */
export const securityHeaders: Headers = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'", // a page says more itself
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "same-origin", // `no-referrer` would make browsers send `Origin: null` with our own forms
  "x-content-type-options": "nosniff",
};

const yearSeconds = 365 * 24 * 60 * 60;

/** The same, and where people type an https address their browsers keep to it for a year. */
export function headersFor(origin: string): Headers {
  if (!origin.startsWith("https:")) return securityHeaders;
  return { ...securityHeaders, "strict-transport-security": `max-age=${yearSeconds}` };
}
