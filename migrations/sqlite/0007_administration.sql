-- Whether somebody must choose a password of their own before anything else: an administrator chose the present one
-- and knows it. A server of the release before leaves it at 0.
ALTER TABLE people ADD COLUMN password_due INTEGER NOT NULL DEFAULT 0 CHECK (password_due IN (0, 1));

-- Changes to people, keys, roads and travel times, in one chain: each hash covers the one before. Who, what, when,
-- before and after, without secrets. Written in the same transaction as the change itself.
CREATE TABLE administration (
    number  INTEGER NOT NULL PRIMARY KEY CHECK (number >= 1),
    body    TEXT    NOT NULL,                       -- JSON
    hash    BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER administration_follows BEFORE INSERT ON administration
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM administration)
BEGIN
    SELECT RAISE(ABORT, 'entries of administration follow each other without gaps');
END;

CREATE TRIGGER administration_stays BEFORE UPDATE ON administration
BEGIN
    SELECT RAISE(ABORT, 'entries of administration are never changed');
END;

CREATE TRIGGER administration_remains BEFORE DELETE ON administration
BEGIN
    SELECT RAISE(ABORT, 'entries of administration are never deleted');
END;
