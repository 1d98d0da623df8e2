CREATE TABLE {schema}.reviews (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id int NOT NULL,
    stars      int NOT NULL CHECK (stars BETWEEN 1 AND 5),
    text       text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reviews_product_id ON {schema}.reviews (product_id);
