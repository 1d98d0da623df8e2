-- How often an event was found in the outbox by a process after it had been handed to a handler: in a process of several modules, what the broker
-- counts between services.
ALTER TABLE {schema}.suspects ADD COLUMN returns int NOT NULL DEFAULT 0;
