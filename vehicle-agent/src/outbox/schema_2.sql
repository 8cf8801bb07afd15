-- Second version: batches are counted, so that after a failed commit it is known whether it was stored;
-- an act moved from an earlier outbox says where it was first numbered (JSON); the outbox says what it
-- replaced (JSON); and acts read from a damaged file wait here until they have a number.
ALTER TABLE outbox ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN previous TEXT;
ALTER TABLE acts ADD COLUMN pressed_as TEXT;
CREATE TABLE salvaged (
    outbox TEXT NOT NULL,
    number INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    act TEXT NOT NULL,
    PRIMARY KEY (outbox, number)
) STRICT;
PRAGMA user_version = 2;
