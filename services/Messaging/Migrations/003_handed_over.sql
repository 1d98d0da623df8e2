-- The writer knows a row's id before it is inserted (an event's is its message_id), so that the relay can be handed the event itself.
ALTER TABLE {schema}.outbox ALTER COLUMN id DROP IDENTITY;
ALTER TABLE {schema}.outbox ALTER COLUMN id TYPE uuid USING gen_random_uuid();
ALTER TABLE {schema}.outbox ALTER COLUMN id SET DEFAULT gen_random_uuid();

-- Until then a row belongs to the process that wrote it, whose relay has been handed it; after that any sweep may take it.
ALTER TABLE {schema}.outbox ALTER COLUMN due_at SET DEFAULT now() + interval '2 s';
