-- More than 0 for a message that this module consumed and failed to handle: it goes back to the module's queue, and only there.
ALTER TABLE {schema}.outbox ADD COLUMN retries int NOT NULL DEFAULT 0;
