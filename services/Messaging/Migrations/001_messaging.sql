-- squashes 005_suspects

CREATE TABLE {schema}.outbox (
    -- The writer knows it before the row is inserted (an event's is its message_id), so that the relay can be handed the event itself.
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    message_id  uuid NOT NULL,
    type        text NOT NULL,
    body        bytea NOT NULL,
    traceparent text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    -- Until then a row belongs to the process that wrote it, whose relay has been handed it; after that any sweep may take it.
    -- Later for a message that could not be published and waits for its next try.
    due_at      timestamptz NOT NULL DEFAULT now() + interval '2 s',
    attempts    int NOT NULL DEFAULT 0,
    -- More than 0 for a message that this module consumed and failed to handle: it goes back to the module's queue, and only there.
    retries     int NOT NULL DEFAULT 0
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

CREATE TABLE {schema}.inbox (
    message_id  uuid PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT now()
);

-- Used where modules share a process; between services the broker keeps dead letters, in the module's dead-letter queue.
CREATE TABLE {schema}.dead_letters (
    message_id  uuid PRIMARY KEY,
    type        text NOT NULL,
    body        bytea NOT NULL,
    traceparent text,
    reason      text NOT NULL,
    died_at     timestamptz NOT NULL DEFAULT now()
);

-- Messages that were returned so often that they may be what kills their consumer; each attempt is recorded before it is made.
CREATE TABLE {schema}.suspects (
    message_id uuid PRIMARY KEY,
    attempts   int NOT NULL DEFAULT 1
);
