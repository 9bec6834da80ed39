-- expand: names of staff are found without reading those of all customers.
CREATE INDEX "users_staff" ON "users" USING btree ("id") WHERE "users"."role" <> 'customer';