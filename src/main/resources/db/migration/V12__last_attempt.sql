-- The last attempt is in the row of its delivery, which its outcome changes anyway; a row of "attempt" is an earlier one.
-- Where last_at is empty there was no attempt, or all of them are rows of "attempt", from before this.
ALTER TABLE delivery ADD COLUMN last_at timestamp(6) with time zone;
ALTER TABLE delivery ADD COLUMN last_duration_ms bigint;
ALTER TABLE delivery ADD COLUMN last_address varchar(64);
ALTER TABLE delivery ADD COLUMN last_excerpt bytea;
