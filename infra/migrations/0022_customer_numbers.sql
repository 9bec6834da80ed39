-- expand: each party gets a number of its own, a key of its name, and its former names.
CREATE SEQUENCE "customer_numbers" AS bigint MINVALUE 1 MAXVALUE 99999999;
--> statement-breakpoint
-- "CN", two check digits (ISO 7064 MOD 97-10 over the digits and C = 12, N = 23), eight digits: as domain/customer-number.ts reads it.
create function new_customer_number() returns text language sql volatile as $$
  select 'CN' || lpad((98 - (n.digits || '122300')::numeric % 97)::text, 2, '0') || n.digits
    from (select lpad(nextval('customer_numbers')::text, 8, '0') as digits) n
$$;
--> statement-breakpoint
CREATE TABLE "party_names" (
	"party_id" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"until" timestamptz(3) NOT NULL,
	CONSTRAINT "party_names_party_id_until_pk" PRIMARY KEY("party_id","until")
);
--> statement-breakpoint
ALTER TABLE "parties" ADD COLUMN "customer_number" text collate "C" DEFAULT new_customer_number() NOT NULL;--> statement-breakpoint
ALTER TABLE "parties" ADD COLUMN "name_key" text collate "C";--> statement-breakpoint
ALTER TABLE "party_names" ADD CONSTRAINT "party_names_party_id_parties_id_fk" FOREIGN KEY ("party_id") REFERENCES "public"."parties"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "parties_name_key" ON "parties" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "parties_name_words" ON "parties" USING gin (array_to_tsvector(string_to_array("name_key", ' ')));--> statement-breakpoint
CREATE INDEX "users_email_prefix" ON "users" USING btree ("email" text_pattern_ops);--> statement-breakpoint
ALTER TABLE "parties" ADD CONSTRAINT "parties_customer_number_unique" UNIQUE("customer_number");