-- For this key H2 keeps an index of its own, in which a commit writes a page for each webhook. What it guards against cannot happen in the one process that has the file.
${h2_only} ALTER TABLE delivery DROP CONSTRAINT delivery_subscription;
