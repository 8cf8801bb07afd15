-- The journals of all centres: append-only, numbered from 1 without gaps, each hash over the one before.
-- The primary key is the arbiter between servers: of two that write the same version, one is first.
CREATE TABLE event (
    centre      text    NOT NULL,
    version     bigint  NOT NULL CHECK (version >= 1),
    recorded_at bigint  NOT NULL, -- unix ms
    made_at     bigint  NOT NULL, -- unix ms
    kind        text    NOT NULL,
    schema      integer NOT NULL CHECK (schema >= 1),
    body        text    NOT NULL, -- JSON of provenance and event, as hashed
    hash        bytea   NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (centre, version)
);

-- A statement brings consecutive versions that follow what is there. Checked once a statement: the
-- first of each centre must have its predecessor, and the rest must follow it one by one. One look-up by
-- the primary key for each centre, however long the journal is: asked of all centres in one query, the
-- planner would rather read the journal through.
CREATE FUNCTION event_follows() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    batch record;
BEGIN
    FOR batch IN
        SELECT centre, min(version) AS first, max(version) AS last, count(*) AS number
        FROM fresh GROUP BY centre
    LOOP
        IF batch.last - batch.first + 1 <> batch.number OR (batch.first > 1 AND NOT EXISTS (
            SELECT 1 FROM event WHERE centre = batch.centre AND version = batch.first - 1))
        THEN
            RAISE EXCEPTION 'event leaves a gap' USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE TRIGGER event_follows AFTER INSERT ON event
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION event_follows();

CREATE FUNCTION event_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an event is never changed, deleted or truncated';
END $$;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION event_is_never_changed();

-- A cache of states; may be emptied at any time.
CREATE TABLE snapshot (
    centre    text    NOT NULL,
    version   bigint  NOT NULL CHECK (version >= 1),
    format    bigint  NOT NULL,
    hash      bytea   NOT NULL CHECK (octet_length(hash) = 32),      -- of the journal at this version
    body_hash bytea   NOT NULL CHECK (octet_length(body_hash) = 32), -- of the body
    body      text    NOT NULL,
    PRIMARY KEY (centre, version)
);

-- One row, written over and over, to find out whether writing works again.
CREATE TABLE probe (
    id    integer PRIMARY KEY CHECK (id = 1),
    count bigint  NOT NULL
);
