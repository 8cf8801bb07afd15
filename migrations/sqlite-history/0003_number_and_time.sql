-- A fix is known by its number and its time: a terminal whose storage was set back to an older copy gives numbers again,
-- and what it measured since must not be taken for what was stored under them before. The key serves for tracks by time
-- as well, so the index on time goes. The rows are copied once; a file of 100 million needs some minutes for it.
CREATE TABLE fix_by_number_and_time (
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

INSERT INTO fix_by_number_and_time
SELECT outbox, number, fix_time, received_at, lon_e7, lat_e7, speed_mmps, heading_cd, satellites, hdop_c, quality
FROM fix INDEXED BY fix_by_time ORDER BY outbox, fix_time, number;

DROP TABLE fix;
ALTER TABLE fix_by_number_and_time RENAME TO fix;
