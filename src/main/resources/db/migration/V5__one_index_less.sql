-- H2 makes an index of its own for a foreign key that finds none. This one was made before the indexes that serve it too.
ALTER TABLE delivery DROP CONSTRAINT delivery_subscription;
ALTER TABLE delivery ADD CONSTRAINT delivery_subscription FOREIGN KEY (subscription_id) REFERENCES subscription (id);
