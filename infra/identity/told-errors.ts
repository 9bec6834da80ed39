/**
 * What went wrong, known by its name and not by its class: the identity service and its gate are one a process, made by whichever of Next's bundles
 * asked first, and each bundle has classes of its own.
 */
export const isGateFull = (error: unknown): boolean => error instanceof Error && error.name === "GateFull";

/** better-auth would not do what was asked, and is sound itself. */
export function isRefusedByAuth(error: unknown): boolean {
  if (!(error instanceof Error) || error.name !== "APIError" || !("statusCode" in error)) return false;
  return typeof error.statusCode === "number" && error.statusCode < 500;
}
