-- An effect that repeats if it is done twice: nothing here is unique.
CREATE TABLE {schema}.effects (message_id uuid NOT NULL);

-- The newest status of each order, whatever order the events come in.
CREATE TABLE {schema}.latest (
    order_id uuid PRIMARY KEY,
    number   int NOT NULL
);
