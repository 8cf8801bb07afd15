-- Whether somebody must choose a password of their own before anything else: an administrator chose the present one
-- and knows it. A server of the release before leaves it at false.
ALTER TABLE people ADD COLUMN password_due boolean NOT NULL DEFAULT false;

-- Changes to people, keys, roads and travel times, in one chain: each hash covers the one before. Who, what, when,
-- before and after, without secrets. Written in the same transaction as the change itself.
CREATE TABLE administration (
    number  bigint NOT NULL PRIMARY KEY CHECK (number >= 1),
    body    text   NOT NULL,                        -- JSON
    hash    bytea  NOT NULL CHECK (octet_length(hash) = 32)
);

CREATE FUNCTION administration_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries of administration are never changed or deleted';
END;
$$;

CREATE FUNCTION administration_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM administration) THEN
        RAISE EXCEPTION 'entries of administration follow each other without gaps';
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER administration_follows BEFORE INSERT ON administration
    FOR EACH ROW EXECUTE FUNCTION administration_follows();
CREATE TRIGGER administration_stays BEFORE UPDATE OR DELETE ON administration
    FOR EACH ROW EXECUTE FUNCTION administration_stays();
CREATE TRIGGER administration_kept BEFORE TRUNCATE ON administration
    FOR EACH STATEMENT EXECUTE FUNCTION administration_stays();
