-- Takes the two journals, of events and of administration, out of the servers' hands: after this the role of the servers
-- may read entries and add new ones, and neither change, delete or replace one nor lift the guards that refuse it. Run
-- once as superuser, after the first server has made the tables:
--     psql -d helan -v server=helan -f postgres-roles.sql
-- It may be run again, and must be after an upgrade that brings a migration of one of these tables.
--
-- Left to the servers, which change and forget rows there: snapshot, probe, people, sessions, vehicle_keys, gateways, terminals, outbox, fix,
-- fix_other and the days of fix, road_conditions, travel_profiles, travel_profile_details, journeys, bulletin,
-- region_version, retention, _sqlx_migrations, and the whole schema report. A test holds this list to the tables.
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
ALTER TABLE administration OWNER TO helan_journal;
ALTER FUNCTION administration_follows() OWNER TO helan_journal;
ALTER FUNCTION administration_stays() OWNER TO helan_journal;
ALTER FUNCTION administration_follows() SET search_path = pg_catalog, public, pg_temp;
REVOKE ALL ON administration FROM :"server", PUBLIC;
GRANT SELECT, INSERT ON administration TO :"server";
COMMIT;

-- By this timelines find the events of their incident. A server makes it by itself while it owns the table; here it is
-- made for one that no longer does. Writing goes on meanwhile.
CREATE INDEX CONCURRENTLY IF NOT EXISTS event_of_incident ON event (centre,
    (coalesce(substring(body FROM '"incident":"([^"]*)"'), substring(body FROM '"task":"([^"]*)[.]t[0-9]+"'))), version);
