import type { UserId } from "@/domain/ids";
import { staffSkeletons } from "@/infra/identity/find-parties";
import { nameSkeleton } from "@/infra/identity/name-skeleton";
import type { Db } from "@/infra/postgres/connect";

/** Names that speak for the bank, and are nobody's. The bank's own name is in no name at all. */
const reserved = new Set(["The bank", "Bank", "A member of staff"].map(nameSkeleton));
const ownName = nameSkeleton("Daybook");

/** Whether a person may be called so: not like the bank, nor like anybody else who works for it. `self`: who asks. */
export async function mayBeCalled(db: Db, name: string, self?: UserId): Promise<boolean> {
  const skeleton = nameSkeleton(name);
  if (skeleton === "" || reserved.has(skeleton) || skeleton.replaceAll(" ", "").includes(ownName)) return false;
  return !(await staffSkeletons(db, self)).includes(skeleton);
}

/** Makes the keys of names that an older build, or a migration, left without. Runs at each start, in pieces. */
export async function fillNameKeys(db: Db): Promise<void> {
  for (let piece = 0; piece < piecesMax; piece++) {
    const { rows } = await db.query<{ id: string; name: string }>(
      `select id, name from parties where name_key is null order by name_key, id limit ${pieceSize}`,
    );
    if (rows.length === 0) return;
    await db.query("update parties p set name_key = k.key from unnest($1::text[], $2::text[]) k(id, key) where p.id = k.id", [
      rows.map(({ id }) => id),
      rows.map(({ name }) => nameSkeleton(name)),
    ]);
  }
}

const pieceSize = 1_000;
const piecesMax = 100_000;
