-- How far positions have been forgotten. A clock that is ahead for one run must not empty the file, so each round
-- goes two days of positions further at most, and this row remembers the rounds over restarts.
CREATE TABLE retention (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    first_kept  INTEGER NOT NULL, -- day since 1970 (UTC); older positions are forgotten
    advanced_at INTEGER NOT NULL  -- unix ms of the last round
) STRICT;
