-- What is due by age is found by index: limits of what waits, retention, claims of nodes that are gone.
-- since: when the row was opened or reopened while it is unfinished, when it ended once it is finished.
ALTER TABLE delivery ADD COLUMN since timestamp(6) with time zone;
UPDATE delivery SET since = CASE WHEN finished_at IS NULL THEN created_at ELSE finished_at END;
ALTER TABLE delivery ALTER COLUMN since SET NOT NULL;
CREATE INDEX delivery_by_stage ON delivery (stage, since);
CREATE INDEX circuit_by_state ON circuit (state, changed_at);

-- Where a node keeps its name: a restart in the same place takes over from its earlier life at once, a copy does not.
ALTER TABLE node ADD COLUMN place varchar(1024) DEFAULT '' NOT NULL;
