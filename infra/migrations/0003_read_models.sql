-- expand: the first read models.
CREATE TABLE "account_balances" (
	"account_id" text collate "C" PRIMARY KEY NOT NULL,
	"account_number" text collate "C" NOT NULL,
	"currency" text NOT NULL,
	"exponent" smallint NOT NULL,
	"product" text NOT NULL,
	"status" text NOT NULL,
	"holders" text[] NOT NULL,
	"balance" numeric NOT NULL,
	"version" integer NOT NULL,
	"position" bigint NOT NULL,
	"recorded_at" timestamptz(3) NOT NULL,
	"opened_at" timestamptz(3) NOT NULL,
	"last_activity_at" timestamptz(3) NOT NULL,
	CONSTRAINT "account_balances_account_number_unique" UNIQUE("account_number"),
	CONSTRAINT "account_balances_whole" CHECK ("account_balances"."balance" = trunc("account_balances"."balance")),
	CONSTRAINT "account_balances_status" CHECK ("account_balances"."status" in ('open', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "account_entries" (
	"account_id" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"position" bigint NOT NULL,
	"recorded_at" timestamptz(3) NOT NULL,
	"effective_at" timestamptz(3) NOT NULL,
	"type" text NOT NULL,
	"amount" numeric NOT NULL,
	"balance" numeric NOT NULL,
	"description" text,
	"command_id" text NOT NULL,
	"actor" text NOT NULL,
	CONSTRAINT "account_entries_account_id_version_pk" PRIMARY KEY("account_id","version"),
	CONSTRAINT "account_entries_whole" CHECK ("account_entries"."amount" = trunc("account_entries"."amount") and "account_entries"."balance" = trunc("account_entries"."balance"))
);
--> statement-breakpoint
CREATE TABLE "projection_checkpoints" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"position" bigint DEFAULT 0 NOT NULL,
	"recorded_at" timestamptz(3),
	"updated_at" timestamptz(3) NOT NULL,
	"paused" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX "account_balances_holders" ON "account_balances" USING gin ("holders");