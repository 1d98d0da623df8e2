-- Messages that were returned so often that they may be what kills their consumer; each attempt is recorded before it is made.
CREATE TABLE {schema}.suspects (
    message_id uuid PRIMARY KEY,
    attempts   int NOT NULL DEFAULT 1
);
