-- Position history, a partition a day (UTC) by the terminal's time. PostGIS must be there or the role must
-- be allowed to make it.
CREATE EXTENSION IF NOT EXISTS postgis;

CREATE TABLE outbox (
    id      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    vehicle text NOT NULL,
    name    text NOT NULL,
    UNIQUE (vehicle, name)
);

CREATE TABLE fix (
    outbox      integer  NOT NULL, -- outbox.id; no foreign key, which would cost a look-up a row
    number      bigint   NOT NULL CHECK (number >= 1),
    fix_time    bigint   NOT NULL, -- unix ms, the terminal's clock
    received_at bigint   NOT NULL, -- unix ms, the server's clock
    position    geometry(Point, 4326) NOT NULL,
    speed_mmps  integer,           -- millimetres a second
    heading_cd  integer,           -- hundredths of a degree clockwise from true north
    satellites  smallint,
    hdop_c      integer,           -- hundredths
    quality     smallint NOT NULL, -- 0 fresh, 1 late, 2 suspect, 3 frozen
    -- A fix sent twice is stored once: a terminal keeps each number with its time, so a repeat brings both.
    -- In this order the key also serves for tracks by time.
    PRIMARY KEY (outbox, fix_time, number)
) PARTITION BY RANGE (fix_time);

CREATE INDEX fix_position ON fix USING gist (position);

-- Fixes of days for which there is no partition: absurd clocks, and what comes after its day was dropped.
CREATE TABLE fix_other PARTITION OF fix DEFAULT;
