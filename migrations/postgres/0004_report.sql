-- What reports and other systems read. Kept from the journal and from the region's data, never the truth:
-- everything here can be emptied and made again. Nothing here says who called or who was ill.
CREATE SCHEMA report;

CREATE FUNCTION report.moment(millis bigint) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT to_timestamp(millis / 1000.0) $$;

CREATE FUNCTION report.millis(moment timestamptz) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT (extract(epoch FROM moment) * 1000)::bigint $$;

-- How far each centre's journal has been taken over.
CREATE TABLE report.progress (
    centre  text   PRIMARY KEY,
    version bigint NOT NULL
);

CREATE TABLE report.incident (
    id                text PRIMARY KEY,
    centre            text NOT NULL,
    kind              text NOT NULL,
    priority          text NOT NULL,
    source            text NOT NULL,
    accident_level    text NOT NULL,
    scene             geometry(Point, 4326),
    test              boolean NOT NULL,
    calls             integer NOT NULL,
    tasks             integer NOT NULL,
    stage             text NOT NULL, -- open, suspended, refused, cancelled, closed
    reason            text,          -- of the stage, where it has one
    opened_at         timestamptz NOT NULL,
    first_dispatch_at timestamptz,
    over_at           timestamptz,
    version           bigint NOT NULL -- of the last event about it, in its centre's journal
);
CREATE INDEX incident_scene ON report.incident USING gist (scene);
CREATE INDEX incident_opened_at ON report.incident (opened_at);

CREATE TABLE report.task (
    id                text PRIMARY KEY,
    incident          text NOT NULL,
    centre            text NOT NULL,
    vehicle           text NOT NULL,
    station           text,
    set_out_from      text NOT NULL, -- station, road
    created_at        timestamptz NOT NULL,
    order_received_at timestamptz,
    departed_at       timestamptz,
    at_scene_at       timestamptz,
    left_scene_at     timestamptz,
    at_hospital_at    timestamptz,
    finished_at       timestamptz,
    back_at_station_at timestamptz,
    hospital          text,
    patients_carried  integer,
    distance_km       double precision,
    ended             text NOT NULL, -- running, finished, aborted, redirected
    reason            text,          -- of the end, where it has one
    ended_at          timestamptz,
    version           bigint NOT NULL
);
CREATE INDEX task_incident ON report.task (incident);
CREATE INDEX task_created_at ON report.task (created_at);

CREATE TABLE report.vehicle (
    id          text PRIMARY KEY,
    centre      text NOT NULL, -- where it is now
    home_centre text NOT NULL,
    station     text NOT NULL,
    kind        text NOT NULL,
    plate       text NOT NULL,
    call_sign   text NOT NULL,
    in_service  boolean NOT NULL
);

CREATE TABLE report.station (
    id          text PRIMARY KEY,
    centre      text NOT NULL,
    name_zh     text NOT NULL,
    name_en     text NOT NULL,
    county_code text NOT NULL,
    position    geometry(Point, 4326) NOT NULL
);
CREATE INDEX station_position ON report.station USING gist ((position::geography));

CREATE TABLE report.hospital (
    id           text PRIMARY KEY,
    centre       text NOT NULL,
    name_zh      text NOT NULL,
    name_en      text NOT NULL,
    county_code  text NOT NULL,
    grade        text NOT NULL,
    specialities text[] NOT NULL,
    position     geometry(Point, 4326) NOT NULL
);
CREATE INDEX hospital_position ON report.hospital USING gist ((position::geography));

CREATE TABLE report.aed (
    id       text PRIMARY KEY,
    name     text NOT NULL, -- what it is called or where exactly it hangs
    position geometry(Point, 4326) NOT NULL
);
CREATE INDEX aed_position ON report.aed USING gist ((position::geography));

CREATE TABLE report.area (
    kind    text NOT NULL, -- outline, prefecture, county
    code    text NOT NULL,
    centre  text,          -- that owns it; prefectures only
    name_zh text NOT NULL,
    name_en text NOT NULL,
    border  geometry(MultiPolygon, 4326) NOT NULL,
    PRIMARY KEY (kind, code)
);
CREATE INDEX area_border ON report.area USING gist (border);

-- Position history in words and units that need no manual.
CREATE VIEW report.fix AS
SELECT outbox.vehicle, fix.number, report.moment(fix.fix_time) AS fixed_at,
    report.moment(fix.received_at) AS received_at, fix.position, fix.speed_mmps / 1000.0 AS speed_mps,
    fix.heading_cd / 100.0 AS heading_deg, fix.satellites, fix.hdop_c / 100.0 AS hdop,
    (ARRAY['fresh', 'late', 'suspect', 'frozen'])[fix.quality + 1] AS quality
FROM fix JOIN outbox ON outbox.id = fix.outbox;
