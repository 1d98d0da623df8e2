-- Voiding and Refunding: the provider is asked until it confirms that nothing is charged, or no longer.
ALTER TABLE {schema}.charges DROP CONSTRAINT charges_status_check;
ALTER TABLE {schema}.charges ADD CONSTRAINT charges_status_check
    CHECK (status IN ('Pending', 'Charged', 'Declined', 'Voiding', 'Void', 'Refunding', 'Refunded'));
ALTER TABLE {schema}.charges ADD COLUMN reason_code text;
CREATE INDEX charges_due ON {schema}.charges (due_at) WHERE status IN ('Pending', 'Voiding', 'Refunding');
DROP INDEX {schema}.charges_pending;
