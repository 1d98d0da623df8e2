-- An order changes its status a few times: room on the page keeps each update in place.
CREATE TABLE {schema}.orders (
    id              uuid PRIMARY KEY,
    idempotency_key text NOT NULL UNIQUE,
    fingerprint     bytea NOT NULL,
    customer        text NOT NULL,
    status          text NOT NULL CHECK (status IN ('Submitted', 'Reserved', 'Rejected')),
    reason          text,
    items           jsonb NOT NULL,
    payment_token   text NOT NULL,
    total           numeric(14, 2) NOT NULL CHECK (total > 0),
    currency        text NOT NULL,
    created_at      timestamptz NOT NULL,
    history         jsonb NOT NULL
) WITH (fillfactor = 70);
