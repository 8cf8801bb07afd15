-- The hash decides beside the number who was first: an event is stored only where its hash follows from the stored
-- event before it. The database works the hash out itself, as journal/chain.rs does, so a server of any release
-- that holds another history, because the journal was set back behind it, can write nothing on top of it. One
-- look-up by the primary key for each event, however long the journal is.
CREATE OR REPLACE FUNCTION event_follows() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    one record;
    name bytea;
    previous bytea;
BEGIN
    FOR one IN SELECT centre, version, schema, body, hash FROM fresh LOOP
        name := convert_to(one.centre, 'UTF8');
        IF one.version = 1 THEN
            previous := sha256(convert_to('helan journal 1', 'UTF8') || decode('00', 'hex') || name);
        ELSE
            SELECT event.hash INTO previous FROM event
            WHERE event.centre = one.centre AND event.version = one.version - 1;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'event leaves a gap' USING ERRCODE = 'check_violation';
            END IF;
        END IF;
        IF one.hash IS DISTINCT FROM sha256(previous || int8send(octet_length(name)::bigint) || name
            || int8send(one.version) || substring(int4send(one.schema) FROM 3)
            || convert_to(one.body, 'UTF8'))
        THEN
            RAISE EXCEPTION 'event follows another event than the one before it'
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

-- Who made a snapshot: a code over all of it that only holders of the journal key can make.
ALTER TABLE snapshot ADD COLUMN seal bytea;

-- The hash of the last event that the report tables have, so that a set-back is noticed there too.
ALTER TABLE report.progress ADD COLUMN hash bytea;
