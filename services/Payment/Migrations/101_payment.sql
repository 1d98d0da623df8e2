-- squashes 102_refunds

-- One row per order: duplicate and late events find it. A charge changes its status once or twice: free space on the page keeps the update in place.
CREATE TABLE {schema}.charges (
    order_id    uuid PRIMARY KEY,
    -- Voiding and Refunding: the provider is asked until it confirms that nothing is charged, or no longer. Void: the order was cancelled before it was charged.
    status      text NOT NULL CHECK (status IN ('Pending', 'Charged', 'Declined', 'Voiding', 'Void', 'Refunding', 'Refunded')),
    token       text,
    amount      numeric(14, 2),
    currency    text,
    reason      text,
    reason_code text,
    attempts    int NOT NULL DEFAULT 0,
    -- when another process may take a charge that is not final
    due_at      timestamptz NOT NULL DEFAULT now(),
    created_at  timestamptz NOT NULL DEFAULT now(),
    traceparent text
) WITH (fillfactor = 70);
CREATE INDEX charges_due ON {schema}.charges (due_at) WHERE status IN ('Pending', 'Voiding', 'Refunding');
