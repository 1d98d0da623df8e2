-- One row per order: duplicate and late events find it. A charge changes its status once or twice: free space on the page keeps the update in place.
CREATE TABLE {schema}.charges (
    order_id    uuid PRIMARY KEY,
    -- Void: the order was cancelled before it was charged
    status      text NOT NULL CHECK (status IN ('Pending', 'Charged', 'Declined', 'Refunded', 'Void')),
    token       text,
    amount      numeric(14, 2),
    currency    text,
    reason      text,
    attempts    int NOT NULL DEFAULT 0,
    -- when another process may take a pending charge
    due_at      timestamptz NOT NULL DEFAULT now(),
    created_at  timestamptz NOT NULL DEFAULT now(),
    traceparent text
) WITH (fillfactor = 70);
CREATE INDEX charges_pending ON {schema}.charges (due_at) WHERE status = 'Pending';
