-- The journals of all centres: append-only, numbered from 1 without gaps, each hash over the one before.
CREATE TABLE event (
    centre      TEXT    NOT NULL,
    version     INTEGER NOT NULL CHECK (version >= 1),
    recorded_at INTEGER NOT NULL, -- unix ms
    made_at     INTEGER NOT NULL, -- unix ms
    kind        TEXT    NOT NULL,
    schema      INTEGER NOT NULL CHECK (schema >= 1),
    body        TEXT    NOT NULL, -- JSON of provenance and event, as hashed
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (centre, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_follows BEFORE INSERT ON event
WHEN NEW.version > 1
    AND NOT EXISTS (SELECT 1 FROM event WHERE centre = NEW.centre AND version = NEW.version - 1)
BEGIN
    SELECT RAISE(ABORT, 'event leaves a gap');
END;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never deleted');
END;

-- A cache of states; may be emptied at any time.
CREATE TABLE snapshot (
    centre    TEXT    NOT NULL,
    version   INTEGER NOT NULL CHECK (version >= 1),
    format    INTEGER NOT NULL,
    hash      BLOB    NOT NULL CHECK (length(hash) = 32),      -- of the journal at this version
    body_hash BLOB    NOT NULL CHECK (length(body_hash) = 32), -- of the body
    body      TEXT    NOT NULL,
    PRIMARY KEY (centre, version)
) STRICT;

-- One row, written over and over, to find out whether writing works again.
CREATE TABLE probe (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    count INTEGER NOT NULL
) STRICT;
