-- squashes 103_one_reservation_an_order

-- Few rows that every order writes: room on the page keeps each update in place.
CREATE TABLE {schema}.stock (
    product_id int PRIMARY KEY,
    available  int NOT NULL CHECK (available >= 0),
    reserved   int NOT NULL DEFAULT 0 CHECK (reserved >= 0)
) WITH (fillfactor = 20);

-- One row an order, so that its two events, submitted and cancelled, meet there whichever comes first.
-- No foreign key: a reservation is only made with the row of stock locked.
CREATE TABLE {schema}.reservations (
    order_id    uuid PRIMARY KEY,
    items       jsonb NOT NULL,
    reserved_at timestamptz NOT NULL DEFAULT now(),
    released_at timestamptz
);

-- Products 1 to 46 never run short in a load test; 47 is an edition of five, 48 is sold out.
INSERT INTO {schema}.stock (product_id, available)
SELECT id, CASE id WHEN 47 THEN 5 WHEN 48 THEN 0 ELSE 1000000 END FROM generate_series(1, 48) AS id;
