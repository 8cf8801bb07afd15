-- Gateways, which speak for many vehicles with one key, and which terminal of another maker is on which vehicle.
-- Times are unix milliseconds; a gateway's key cannot be read back from here.

CREATE TABLE gateways (
    name      text    PRIMARY KEY,
    key_hash  bytea   NOT NULL UNIQUE,              -- SHA-256 of the key
    made_at   bigint  NOT NULL,
    seen_at   bigint,
    software  text    NOT NULL DEFAULT '',
    unknown   text    NOT NULL DEFAULT '[]'         -- JSON: terminals that called and are bound to nothing
);

CREATE TABLE terminals (
    number    text    PRIMARY KEY,
    vehicle   text    NOT NULL UNIQUE,
    gateway   text    NOT NULL,
    rotation  bigint  NOT NULL,
    bound_at  bigint  NOT NULL,
    details   text    NOT NULL                      -- JSON: how it is to be read and what it must say of itself
);

-- When a gateway was last heard, and whom it does not know, is no news.
CREATE CONSTRAINT TRIGGER gateways_are_posted AFTER INSERT OR UPDATE OF key_hash OR DELETE ON gateways
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION post_bulletin('keys');

CREATE CONSTRAINT TRIGGER terminals_are_posted AFTER INSERT OR UPDATE OR DELETE ON terminals
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION post_bulletin('keys');
