-- Roads: what supervisors draw on them, how travel times are corrected, how right predictions were. Times
-- are unix milliseconds, positions WGS-84 degrees. Rows are never deleted: an ended condition says by whom.

CREATE TABLE road_conditions (
    id            TEXT    NOT NULL PRIMARY KEY,
    kind          TEXT    NOT NULL CHECK (kind IN ('closed', 'slow')),
    factor        REAL,
    area          TEXT    NOT NULL,                 -- corners as JSON, [[lon, lat], ...]
    note          TEXT    NOT NULL,
    until_at      INTEGER,
    made_by       TEXT    NOT NULL,
    made_at       INTEGER NOT NULL,
    ended_by      TEXT,
    ended_at      INTEGER
) STRICT;

CREATE TABLE travel_profiles (
    id            TEXT    NOT NULL PRIMARY KEY,
    factor        REAL    NOT NULL,
    made_by       TEXT    NOT NULL,
    made_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE journeys (
    task          TEXT    NOT NULL PRIMARY KEY,
    departed_at   INTEGER NOT NULL,
    predicted_s   REAL    NOT NULL,                 -- before any correction
    actual_s      REAL    NOT NULL,
    hour          INTEGER NOT NULL,                 -- local hour of departure
    class         TEXT    NOT NULL,                 -- road class of most of the way
    area          TEXT    NOT NULL                  -- urban or rural, most of the way
) STRICT;

CREATE INDEX journeys_by_time ON journeys (departed_at);
