-- expand: how far the background verifier is. An older build does not look.
CREATE TABLE "verifier" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"pass" integer DEFAULT 0 NOT NULL,
	"started_at" timestamptz(3),
	"position" bigint DEFAULT 0 NOT NULL,
	"account" text DEFAULT '' NOT NULL,
	"faults" integer DEFAULT 0 NOT NULL,
	"first_fault" text,
	"seals" jsonb,
	"leased_by" text,
	"leased_until" timestamptz(3),
	CONSTRAINT "verifier_one_row" CHECK ("verifier"."one")
);

--> statement-breakpoint
insert into verifier default values;
