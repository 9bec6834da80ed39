import { createHash, timingSafeEqual } from "node:crypto";

/** Whether the request carries `Authorization: Bearer <secret>`. Compared in constant time; an empty secret lets nobody in. */
export function bears(request: Request, secret: string): boolean {
  const given = /^Bearer (.{1,500})$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (given === undefined || secret.length === 0) return false;
  return timingSafeEqual(digest(given), digest(secret)); // equal lengths, whatever was sent
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
