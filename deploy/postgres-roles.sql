-- Takes the journal's table out of the servers' hands: after this the role of the servers may read events and add
-- new ones, and neither change, delete or replace one nor lift the guards that refuse it. Run once as superuser, after
-- the first server has made the tables:
--     psql -d helan -v server=helan -f postgres-roles.sql
-- It may be run again, and must be after an upgrade that brings a migration of the table of events.
\set ON_ERROR_STOP on
BEGIN;
SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'helan_journal') AS is_new \gset
\if :is_new
CREATE ROLE helan_journal NOLOGIN;
\endif
-- Who owns a database owns the schema public, and could drop it with everything in it.
SELECT current_database() AS database \gset
ALTER DATABASE :"database" OWNER TO helan_journal;
GRANT CONNECT, CREATE, TEMPORARY ON DATABASE :"database" TO :"server";
ALTER SCHEMA public OWNER TO helan_journal;
GRANT USAGE, CREATE ON SCHEMA public TO :"server";
ALTER TABLE event OWNER TO helan_journal;
ALTER FUNCTION event_follows() OWNER TO helan_journal;
ALTER FUNCTION event_is_never_changed() OWNER TO helan_journal;
-- A temporary table is looked for before all others, unless it is told where it belongs: one named `event` would show
-- the guard another journal than the one that is written.
ALTER FUNCTION event_follows() SET search_path = pg_catalog, public, pg_temp;
REVOKE ALL ON event FROM :"server", PUBLIC;
GRANT SELECT, INSERT ON event TO :"server";
COMMIT;
