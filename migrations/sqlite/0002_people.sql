-- People who sign in, their sessions, and the keys of vehicles. Times are unix milliseconds.
-- Neither a password, nor a session's token, nor a vehicle's key can be read back from here.

CREATE TABLE people (
    id            TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL UNIQUE,          -- in small letters
    display_name  TEXT    NOT NULL,
    role          TEXT    NOT NULL,
    centre        TEXT    NOT NULL,
    hospital      TEXT,
    active        INTEGER NOT NULL CHECK (active IN (0, 1)),
    password_hash TEXT    NOT NULL,                 -- argon2id, PHC string
    made_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    token_hash    BLOB    NOT NULL PRIMARY KEY,     -- SHA-256 of the cookie's value
    person        TEXT    NOT NULL REFERENCES people (id),
    made_at       INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_of_person ON sessions (person);

CREATE TABLE vehicle_keys (
    vehicle       TEXT    NOT NULL PRIMARY KEY,
    key_hash      BLOB    NOT NULL UNIQUE,          -- SHA-256 of the key
    made_at       INTEGER NOT NULL,
    last_used_at  INTEGER
) STRICT, WITHOUT ROWID;
