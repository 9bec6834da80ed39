-- expand: two more columns, which may be empty.
ALTER TABLE "rebuilds" ADD COLUMN "asked_again_by" text;--> statement-breakpoint
ALTER TABLE "rebuilds" ADD COLUMN "ended_by" text;