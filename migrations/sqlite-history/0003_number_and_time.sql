-- A fix is known by its number and its time: a terminal whose storage was set back to an older copy gives numbers again,
-- and what it measured since must not be taken for what was stored under them before. The key serves for tracks by time
-- as well. Rows of before stay where they are, so that no start waits for a copy of them, until they are forgotten.
ALTER TABLE fix RENAME TO fix_before;

CREATE TABLE fix (
    outbox      INTEGER NOT NULL REFERENCES outbox (id),
    number      INTEGER NOT NULL CHECK (number >= 1),
    fix_time    INTEGER NOT NULL, -- unix ms, the terminal's clock
    received_at INTEGER NOT NULL, -- unix ms, the server's clock
    lon_e7      INTEGER NOT NULL, -- WGS-84 degrees x 10 000 000, about a centimetre
    lat_e7      INTEGER NOT NULL,
    speed_mmps  INTEGER,          -- millimetres a second
    heading_cd  INTEGER,          -- hundredths of a degree clockwise from true north
    satellites  INTEGER,
    hdop_c      INTEGER,          -- hundredths
    quality     INTEGER NOT NULL, -- 0 fresh, 1 late, 2 suspect, 3 frozen
    PRIMARY KEY (outbox, fix_time, number)
) STRICT, WITHOUT ROWID;
