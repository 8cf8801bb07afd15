-- Nobody is in haste for an appointment: the response norm does not apply to it. Rows written before have none
-- until `rebuild-reports` makes them again.
ALTER TABLE report.incident ADD COLUMN appointment boolean NOT NULL DEFAULT false;
