-- Products 1 to 46 never run short in a load test; 47 is an edition of five, 48 is sold out.
INSERT INTO {schema}.stock (product_id, available)
SELECT id, CASE id WHEN 47 THEN 5 WHEN 48 THEN 0 ELSE 1000000 END FROM generate_series(1, 48) AS id;
