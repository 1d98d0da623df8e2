-- The business row of the benchmark.
CREATE TABLE {schema}.entries (
    id    uuid PRIMARY KEY,
    value text NOT NULL
);
