-- Used where modules share a process; between services the broker keeps dead letters, in the module's dead-letter queue.
CREATE TABLE {schema}.dead_letters (
    message_id  uuid PRIMARY KEY,
    type        text NOT NULL,
    body        bytea NOT NULL,
    traceparent text,
    reason      text NOT NULL,
    died_at     timestamptz NOT NULL DEFAULT now()
);
