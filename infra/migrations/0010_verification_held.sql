-- expand: one more column, with a default.
ALTER TABLE "book_verifications" ADD COLUMN "held" integer DEFAULT 0 NOT NULL;