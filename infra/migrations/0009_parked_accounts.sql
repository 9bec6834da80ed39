-- expand: accounts that a read model holds.
CREATE TABLE "parked_accounts" (
	"reader" text collate "C" NOT NULL,
	"account_id" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"position" bigint NOT NULL,
	"error" text NOT NULL,
	"parked_at" timestamptz(3) NOT NULL,
	"attempts" integer NOT NULL,
	"last_tried_at" timestamptz(3) NOT NULL,
	CONSTRAINT "parked_accounts_reader_account_id_pk" PRIMARY KEY("reader","account_id")
);
