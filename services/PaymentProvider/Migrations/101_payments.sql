CREATE TABLE {schema}.payments (
    id           uuid PRIMARY KEY,
    -- void: refunded before it was charged
    status       text NOT NULL CHECK (status IN ('pending', 'charged', 'declined', 'refunded', 'void')),
    decline_code text,
    amount       numeric(14, 2),
    currency     text,
    attempts     int NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now()
);
