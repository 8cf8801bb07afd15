-- People who sign in, their sessions, and the keys of vehicles. Times are unix milliseconds.
-- Neither a password, nor a session's token, nor a vehicle's key can be read back from here.
CREATE TABLE people (
    id            text    PRIMARY KEY,
    name          text    NOT NULL UNIQUE,          -- in small letters
    display_name  text    NOT NULL,
    role          text    NOT NULL,
    centre        text    NOT NULL,
    hospital      text,
    active        boolean NOT NULL,
    password_hash text    NOT NULL,                 -- argon2id, PHC string
    made_at       bigint  NOT NULL
);

CREATE TABLE sessions (
    token_hash    bytea   PRIMARY KEY,              -- SHA-256 of the cookie's value
    person        text    NOT NULL REFERENCES people (id),
    made_at       bigint  NOT NULL,
    expires_at    bigint  NOT NULL,
    last_seen_at  bigint  NOT NULL
);

CREATE INDEX sessions_of_person ON sessions (person);

CREATE TABLE vehicle_keys (
    vehicle       text    PRIMARY KEY,
    key_hash      bytea   NOT NULL UNIQUE,          -- SHA-256 of the key
    made_at       bigint  NOT NULL,
    last_used_at  bigint
);
