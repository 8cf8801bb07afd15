-- The region folders whose vehicles were taken into service, so that a start with an older one changes nothing.
CREATE TABLE region_version (
    ordinal  INTEGER PRIMARY KEY, -- 1, 2, 3 ... in the order in which they were taken
    digest   TEXT    NOT NULL UNIQUE,
    version  INTEGER,             -- as region.toml tells it
    taken_at INTEGER NOT NULL     -- unix ms
) STRICT;
