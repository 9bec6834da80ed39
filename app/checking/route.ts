import type { NextRequest } from "next/server";
import { checkingPage } from "../_server/checking-page";
import { plainPage } from "../_server/plain-page";
import { checkingInput } from "./checking-input";

export const dynamic = "force-dynamic";

/** What became of a form whose answer is not known, for browsers without scripts. It needs no database to say that it does not know. */
export async function GET(request: NextRequest): Promise<Response> {
  const page = await checkingPage(checkingInput.parse(Object.fromEntries(request.nextUrl.searchParams)));
  if (typeof page !== "string") return plainPage(page, request.headers.get("x-nonce") ?? undefined);
  return new Response(null, { status: 303, headers: { location: page } });
}
