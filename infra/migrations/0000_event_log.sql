-- expand: the first tables.
CREATE TABLE "book" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"id" text NOT NULL,
	"zone" text NOT NULL,
	"demo" boolean NOT NULL,
	"account_number_scheme" text NOT NULL,
	"format_version" text NOT NULL,
	"key_checks" jsonb NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"seeding_finished_at" timestamptz(3),
	CONSTRAINT "book_one_row" CHECK ("book"."one")
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"actor" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"type" text NOT NULL,
	"account_ids" text[] NOT NULL,
	"input" jsonb NOT NULL,
	"fingerprint" jsonb NOT NULL,
	"outcome" jsonb NOT NULL,
	"position" bigint NOT NULL,
	"versions" jsonb NOT NULL,
	"context" jsonb NOT NULL,
	"decided_at" timestamptz(3) NOT NULL,
	"recorded_at" timestamptz(3) NOT NULL,
	CONSTRAINT "commands_actor_id_pk" PRIMARY KEY("actor","id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"position" bigint PRIMARY KEY NOT NULL,
	"stream_id" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"type" text NOT NULL,
	"schema_version" smallint NOT NULL,
	"data" jsonb NOT NULL,
	"metadata" jsonb NOT NULL,
	"effective_at" timestamptz(3),
	"recorded_at" timestamptz(3) NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "events_stream_version" UNIQUE("stream_id","version"),
	CONSTRAINT "events_position_positive" CHECK ("events"."position" > 0),
	CONSTRAINT "events_version_positive" CHECK ("events"."version" > 0),
	CONSTRAINT "events_hash_length" CHECK (octet_length("events"."hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "log_gate" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"not_before" timestamptz(3) DEFAULT '-infinity' NOT NULL,
	CONSTRAINT "log_gate_one_row" CHECK ("log_gate"."one")
);
--> statement-breakpoint
CREATE TABLE "account_keys" (
	"key_id" text PRIMARY KEY NOT NULL,
	"stream_id" text collate "C" NOT NULL,
	"wrapped" "bytea",
	"created_at" timestamptz(3) NOT NULL,
	"destroyed_at" timestamptz(3),
	CONSTRAINT "account_keys_stream_id_unique" UNIQUE("stream_id")
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"stream_id" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"revision" integer NOT NULL,
	"position" bigint NOT NULL,
	"recorded_at" timestamptz(3) NOT NULL,
	"state" jsonb NOT NULL,
	CONSTRAINT "snapshots_stream_id_revision_version_pk" PRIMARY KEY("stream_id","revision","version")
);
--> statement-breakpoint
CREATE INDEX "commands_refused" ON "commands" USING btree (("account_ids"[1]),"recorded_at") WHERE "commands"."outcome" ->> 'ok' = 'no';--> statement-breakpoint
CREATE UNIQUE INDEX "events_account_number" ON "events" USING btree (("data" ->> 'accountNumber')) WHERE "events"."type" = 'AccountOpened';--> statement-breakpoint
CREATE INDEX "snapshots_as_of" ON "snapshots" USING btree ("stream_id","revision","recorded_at");