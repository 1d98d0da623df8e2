-- squashes 103_open_orders

-- An order changes its status a few times: room on the page keeps each update in place. For the same reason no index has the status.
CREATE TABLE {schema}.orders (
    id              uuid PRIMARY KEY,
    idempotency_key text NOT NULL UNIQUE,
    fingerprint     bytea NOT NULL,
    customer        text NOT NULL,
    status          text NOT NULL CHECK (status IN ('Submitted', 'Reserved', 'Rejected', 'Confirmed', 'Cancelled')),
    reason          text,
    reason_code     text,
    items           jsonb NOT NULL,
    -- only until payment is asked
    payment_token   text,
    total           numeric(14, 2) NOT NULL CHECK (total > 0),
    currency        text NOT NULL,
    created_at      timestamptz NOT NULL,
    history         jsonb NOT NULL
) WITH (fillfactor = 70);

-- A row for each order that is not final, due at its deadline: what the deadline looks at does not grow with the history.
CREATE TABLE {schema}.open_orders (
    order_id uuid PRIMARY KEY,
    due_at   timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
