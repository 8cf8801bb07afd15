-- Gateways, which speak for many vehicles with one key, and which terminal of another maker is on which vehicle.
-- Times are unix milliseconds; a gateway's key cannot be read back from here.

CREATE TABLE gateways (
    name      TEXT    NOT NULL PRIMARY KEY,
    key_hash  BLOB    NOT NULL UNIQUE,              -- SHA-256 of the key
    made_at   INTEGER NOT NULL,
    seen_at   INTEGER,
    software  TEXT    NOT NULL DEFAULT '',
    unknown   TEXT    NOT NULL DEFAULT '[]'         -- JSON: terminals that called and are bound to nothing
) STRICT, WITHOUT ROWID;

CREATE TABLE terminals (
    number    TEXT    NOT NULL PRIMARY KEY,
    vehicle   TEXT    NOT NULL UNIQUE,
    gateway   TEXT    NOT NULL,
    rotation  INTEGER NOT NULL,
    bound_at  INTEGER NOT NULL,
    details   TEXT    NOT NULL                      -- JSON: how it is to be read and what it must say of itself
) STRICT, WITHOUT ROWID;
