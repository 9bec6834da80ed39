-- expand: one more column, which may be empty.
ALTER TABLE "rebuilds" ADD COLUMN "compared" bigint;