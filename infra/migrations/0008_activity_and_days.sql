-- expand: two more read models.
CREATE TABLE "activity" (
	"position" bigint PRIMARY KEY NOT NULL,
	"account_id" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"recorded_at" timestamptz(3) NOT NULL,
	"type" text NOT NULL,
	"amount" numeric NOT NULL,
	"source" text,
	"currency" text NOT NULL,
	"exponent" smallint NOT NULL,
	"account_number" text collate "C" NOT NULL,
	"holders" text[] NOT NULL,
	"description" text,
	"actor" text NOT NULL,
	"role" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "daily_balances" (
	"account_id" text collate "C" NOT NULL,
	"day" date NOT NULL,
	"balance" numeric NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "daily_balances_account_id_day_pk" PRIMARY KEY("account_id","day"),
	CONSTRAINT "daily_balances_whole" CHECK ("daily_balances"."balance" = trunc("daily_balances"."balance"))
);
--> statement-breakpoint
CREATE INDEX "activity_account" ON "activity" USING btree ("account_id","position" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "activity_words" ON "activity" USING gin (to_tsvector('simple', coalesce("description", '')));--> statement-breakpoint
CREATE INDEX "activity_amount" ON "activity" USING btree (abs("amount"),"position" DESC NULLS LAST);