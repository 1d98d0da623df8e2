ALTER TABLE {schema}.orders DROP CONSTRAINT orders_status_check;
ALTER TABLE {schema}.orders ADD CONSTRAINT orders_status_check CHECK (status IN ('Submitted', 'Reserved', 'Rejected', 'Confirmed', 'Cancelled'));

-- For the deadline. Not on the status: an index on what changes would make every change of status write to it.
CREATE INDEX orders_created_at ON {schema}.orders (created_at);
