-- The outbox of a vehicle's terminal. Times are milliseconds since 1970-01-01T00:00:00Z, positions
-- WGS-84 degrees. Numbers are never given twice: last_act and last_fix outlive what they counted.
CREATE TABLE IF NOT EXISTS outbox (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    last_act INTEGER NOT NULL DEFAULT 0,
    last_fix INTEGER NOT NULL DEFAULT 0,
    duty TEXT
) STRICT;
-- The newest way that the centre gave, as JSON.
CREATE TABLE IF NOT EXISTS route (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    way TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS acts (
    number INTEGER PRIMARY KEY,
    made_at INTEGER NOT NULL,
    act TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS fixes (
    number INTEGER PRIMARY KEY,
    fix_time INTEGER NOT NULL,
    lon REAL NOT NULL,
    lat REAL NOT NULL,
    speed_mps REAL,
    heading_deg REAL,
    satellites INTEGER,
    hdop REAL
) STRICT;
