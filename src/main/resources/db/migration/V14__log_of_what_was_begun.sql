-- What has never been claimed is in no webhook's part of this index but in one part for all, in the order of time: a new row for each of a hundred webhooks changes one page there, and not a hundred.
ALTER TABLE delivery ADD COLUMN logged_for uuid GENERATED ALWAYS AS (CASE WHEN stage <> 0 THEN subscription_id END) ${stored};
DROP INDEX delivery_log;
CREATE INDEX delivery_log ON delivery (logged_for, id);
