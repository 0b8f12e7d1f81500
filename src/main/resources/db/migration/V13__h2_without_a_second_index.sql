-- For this key H2 keeps an index of its own, in which a commit writes a page for each webhook. There a deleted webhook is told by its row, which outlives every batch.
${h2_only} ALTER TABLE delivery DROP CONSTRAINT delivery_subscription;
