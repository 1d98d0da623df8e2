-- One row an order, so that its two events, submitted and cancelled, meet there whichever comes first.
ALTER TABLE {schema}.reservations RENAME TO reservation_lines;
CREATE TABLE {schema}.reservations (
    order_id    uuid PRIMARY KEY,
    items       jsonb NOT NULL,
    reserved_at timestamptz NOT NULL DEFAULT now(),
    released_at timestamptz
);
INSERT INTO {schema}.reservations (order_id, items, reserved_at)
SELECT order_id, jsonb_agg(jsonb_build_object('productId', product_id, 'quantity', quantity)), min(reserved_at)
FROM {schema}.reservation_lines GROUP BY order_id;
DROP TABLE {schema}.reservation_lines;
