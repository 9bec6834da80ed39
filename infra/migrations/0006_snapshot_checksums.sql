-- contract (floor 6): a snapshot needs a checksum, which older builds do not write.
-- Snapshots without a checksum cannot be told from damaged ones. They are a cache: the snapshotter writes all of them again, in the background.
DELETE FROM "snapshots";--> statement-breakpoint
UPDATE "projection_checkpoints" SET "position" = 0, "recorded_at" = null WHERE "name" = 'snapshots';--> statement-breakpoint
ALTER TABLE "snapshots" ADD COLUMN "checksum" "bytea" NOT NULL;
