-- What has not ended is in no webhook's part of this index but in one part for all, in the order of time: so a new row for each of a hundred webhooks changes one of its pages, and not a hundred. H2 commits each of these by itself, so each may have been done before.
${h2_only} DROP INDEX IF EXISTS delivery_log;
${h2_only} ALTER TABLE delivery ADD COLUMN IF NOT EXISTS logged_for uuid GENERATED ALWAYS AS (CASE WHEN stage >= 10 THEN subscription_id END);
${h2_only} CREATE INDEX IF NOT EXISTS delivery_log ON delivery (logged_for, id);
