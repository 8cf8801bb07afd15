-- Roads: what supervisors draw on them, how travel times are corrected, how right predictions were. Times
-- are unix milliseconds, positions WGS-84 degrees. Rows are never deleted: an ended condition says by whom.

CREATE TABLE road_conditions (
    id            TEXT    NOT NULL PRIMARY KEY,
    kind          TEXT    NOT NULL CHECK (kind IN ('closed', 'slow')),
    factor        DOUBLE PRECISION,
    area          TEXT    NOT NULL,                 -- corners as JSON, [[lon, lat], ...]
    note          TEXT    NOT NULL,
    until_at      BIGINT,
    made_by       TEXT    NOT NULL,
    made_at       BIGINT NOT NULL,
    ended_by      TEXT,
    ended_at      BIGINT
);

CREATE TABLE travel_profiles (
    id            TEXT    NOT NULL PRIMARY KEY,
    factor        DOUBLE PRECISION    NOT NULL,
    made_by       TEXT    NOT NULL,
    made_at       BIGINT NOT NULL
);

CREATE TABLE journeys (
    task          TEXT    NOT NULL PRIMARY KEY,
    departed_at   BIGINT NOT NULL,
    predicted_s   DOUBLE PRECISION    NOT NULL,                 -- before any correction
    actual_s      DOUBLE PRECISION    NOT NULL,
    hour          BIGINT NOT NULL,                 -- local hour of departure
    class         TEXT    NOT NULL,                 -- road class of most of the way
    area          TEXT    NOT NULL                  -- urban or rural, most of the way
);

CREATE INDEX journeys_by_time ON journeys (departed_at);
