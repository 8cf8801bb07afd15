-- The region folders whose vehicles were taken into service, so that a start with an older one changes nothing.
CREATE TABLE region_version (
    ordinal  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest   text   NOT NULL UNIQUE,
    version  bigint,           -- as region.toml tells it
    taken_at bigint NOT NULL   -- unix ms
);

-- How far positions have been forgotten. A clock that is ahead for one run must not drop every day, so each round
-- goes two days further at most, and this row remembers the rounds over restarts and between servers.
CREATE TABLE retention (
    id          integer PRIMARY KEY CHECK (id = 1),
    first_kept  bigint NOT NULL, -- day since 1970 (UTC); older positions are forgotten
    advanced_at bigint NOT NULL  -- unix ms of the last round
);
