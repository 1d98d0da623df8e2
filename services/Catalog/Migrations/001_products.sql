CREATE TABLE {schema}.products (
    id          int PRIMARY KEY,
    name        text NOT NULL,
    description text NOT NULL,
    price       numeric(10, 2) NOT NULL CHECK (price > 0),
    currency    text NOT NULL CHECK (currency ~ '^[A-Z]{3}$')
);
