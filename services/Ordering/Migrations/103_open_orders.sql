-- A stable code beside the reason, and the token only until payment is asked.
ALTER TABLE {schema}.orders ADD COLUMN reason_code text;
ALTER TABLE {schema}.orders ALTER COLUMN payment_token DROP NOT NULL;

-- A row for each order that is not final, due at its deadline: what the deadline looks at does not grow with the history.
CREATE TABLE {schema}.open_orders (
    order_id uuid PRIMARY KEY,
    due_at   timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
INSERT INTO {schema}.open_orders (order_id, due_at)
SELECT id, now() + interval '5 minutes' FROM {schema}.orders WHERE status IN ('Submitted', 'Reserved');
DROP INDEX {schema}.orders_created_at;
