-- What servers tell each other of tables that each of them also holds in memory. Every change raises its
-- subject's number in the same transaction and wakes the others (NOTIFY); whoever missed the word finds the
-- number changed at the next look and reads the tables anew.
CREATE TABLE bulletin (
    topic         text    PRIMARY KEY,
    revision      bigint  NOT NULL
);

INSERT INTO bulletin (topic, revision) VALUES ('people', 1), ('keys', 1), ('roads', 1), ('journeys', 1);

-- Runs as a transaction ends: the number's row is then the last one to be locked, so that no two writers
-- wait for each other, and it is held for the commit alone. Once in a transaction is enough.
CREATE FUNCTION post_bulletin() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    posted text := 'helan.posted_' || TG_ARGV[0];
    raised bigint;
BEGIN
    IF coalesce(current_setting(posted, true), '') = '' THEN
        UPDATE bulletin SET revision = revision + 1 WHERE topic = TG_ARGV[0]
            RETURNING revision INTO raised;
        PERFORM pg_notify('helan_bulletin', raised || ' ' || TG_ARGV[0]);
        PERFORM set_config(posted, 'yes', true);
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER people_are_posted AFTER INSERT OR UPDATE OR DELETE ON people
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION post_bulletin('people');

-- When a session was last used is no news.
CREATE CONSTRAINT TRIGGER sessions_are_posted AFTER INSERT OR DELETE ON sessions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION post_bulletin('people');

CREATE CONSTRAINT TRIGGER keys_are_posted AFTER INSERT OR UPDATE OF key_hash OR DELETE ON vehicle_keys
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION post_bulletin('keys');

CREATE CONSTRAINT TRIGGER conditions_are_posted AFTER INSERT OR UPDATE OR DELETE ON road_conditions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION post_bulletin('roads');

CREATE CONSTRAINT TRIGGER profiles_are_posted AFTER INSERT OR UPDATE OR DELETE ON travel_profiles
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION post_bulletin('roads');

CREATE CONSTRAINT TRIGGER journeys_are_posted AFTER INSERT OR UPDATE OR DELETE ON journeys
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION post_bulletin('journeys');
