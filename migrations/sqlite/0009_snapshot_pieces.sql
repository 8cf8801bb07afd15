-- The beginning of a snapshot's body, in the order of its pieces; the row of `snapshot` has the rest and comes
-- last. Without such a row they belong to a snapshot that was never finished, and go before the next is kept.
CREATE TABLE snapshot_piece (
    centre  TEXT    NOT NULL,
    version INTEGER NOT NULL,
    number  INTEGER NOT NULL CHECK (number >= 1),
    body    TEXT    NOT NULL,
    PRIMARY KEY (centre, version, number)
) STRICT;
