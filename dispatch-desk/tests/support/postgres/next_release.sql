-- What a next release may do to the tables by the rules of migrations/README.md, done to every one of them:
-- a server of this release must not notice. A column without a duty, one with a default, one more table, an
-- index, and a trigger that follows the journal.
DO $$
DECLARE
    known record;
BEGIN
    FOR known IN
        SELECT relnamespace::regnamespace AS space, relname AS name FROM pg_class
        WHERE relnamespace::regnamespace::text IN ('public', 'report') AND relkind IN ('r', 'p')
            AND NOT relispartition AND relname NOT IN ('_sqlx_migrations', 'spatial_ref_sys')
    LOOP
        EXECUTE format('ALTER TABLE %s.%I ADD COLUMN next_note text,
            ADD COLUMN next_count integer NOT NULL DEFAULT 0', known.space, known.name);
    END LOOP;
END $$;

CREATE TABLE next_seen (centre text NOT NULL, version bigint NOT NULL, PRIMARY KEY (centre, version));

CREATE FUNCTION next_sees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO next_seen SELECT centre, version FROM fresh;
    RETURN NULL;
END $$;

CREATE TRIGGER next_sees AFTER INSERT ON event
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION next_sees();

CREATE INDEX next_event_kind ON event (kind);

INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
VALUES (9000, 'of the next release', true, '\x00', 1);
