-- Third version: acts that the server confirmed are kept for a while, the newest last, each with where it was first
-- numbered; `number` is the one under which the outbox of now had it, 0 when that was an earlier one.
CREATE TABLE confirmed (
    place INTEGER PRIMARY KEY,
    outbox TEXT NOT NULL,
    first_number INTEGER NOT NULL,
    number INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    act TEXT NOT NULL,
    UNIQUE (outbox, first_number)
) STRICT;
PRAGMA user_version = 3;
