-- Position history. Numbers are scaled to integers, which SQLite stores in as few bytes as they need.
CREATE TABLE outbox (
    id      INTEGER PRIMARY KEY,
    vehicle TEXT NOT NULL,
    name    TEXT NOT NULL,
    UNIQUE (vehicle, name)
) STRICT;

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
    PRIMARY KEY (outbox, number)  -- a fix sent twice is stored once
) STRICT, WITHOUT ROWID;

CREATE INDEX fix_by_time ON fix (outbox, fix_time);
