-- An event names the hash it follows, and the table refuses one that follows anything but the stored event
-- before it: of two branches of a journal one cannot be written. Rows from before this have no name; the
-- chain holds them.
ALTER TABLE event ADD COLUMN previous_hash BLOB
    CHECK (previous_hash IS NULL OR length(previous_hash) = 32);

CREATE TRIGGER event_follows_its_hash BEFORE INSERT ON event
WHEN NEW.version > 1 AND NOT EXISTS (
    SELECT 1 FROM event WHERE centre = NEW.centre AND version = NEW.version - 1 AND hash = NEW.previous_hash)
BEGIN
    SELECT RAISE(ABORT, 'event follows another event than the one before it');
END;

-- INSERT OR REPLACE deletes without asking the triggers on deletion.
CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE centre = NEW.centre AND version = NEW.version)
BEGIN
    SELECT RAISE(ABORT, 'an event is never replaced');
END;

-- Who made a snapshot: a code over all of it that only holders of the journal key can make.
ALTER TABLE snapshot ADD COLUMN seal BLOB;
