-- How far an AED's row may be trusted: fact, approximate or invented; absent where nobody said.
ALTER TABLE report.aed ADD COLUMN basis text;
