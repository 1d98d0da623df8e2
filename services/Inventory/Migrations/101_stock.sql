-- Few rows that every order writes: room on the page keeps each update in place.
CREATE TABLE {schema}.stock (
    product_id int PRIMARY KEY,
    available  int NOT NULL CHECK (available >= 0),
    reserved   int NOT NULL DEFAULT 0 CHECK (reserved >= 0)
) WITH (fillfactor = 20);

-- No foreign key: a reservation is only made with the row of stock locked.
CREATE TABLE {schema}.reservations (
    order_id    uuid NOT NULL,
    product_id  int NOT NULL,
    quantity    int NOT NULL CHECK (quantity BETWEEN 1 AND 1000),
    reserved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (order_id, product_id)
);
