-- Fifth version: positions that came before a server told the time wait here, each with what the steady clock (JSON)
-- and the terminal's own clock showed as it came. `fix_time` may be a time of day alone; `dated_by` is 0 for the
-- receiver, 1 for a clock, 2 for nobody. `place` counts them in the order in which they came.
CREATE TABLE undated (
    place INTEGER PRIMARY KEY,
    fix_time INTEGER NOT NULL,
    dated_by INTEGER NOT NULL,
    lon REAL NOT NULL,
    lat REAL NOT NULL,
    speed_mps REAL,
    heading_deg REAL,
    satellites INTEGER,
    hdop REAL,
    made_at INTEGER NOT NULL,
    stamp TEXT NOT NULL
) STRICT;
PRAGMA user_version = 5;
