-- What the norms and the patients of an incident are counted from, by the definitions of the core
-- (dispatch_core::deadlines::measure, dispatch_core::state::patients). Rows written before have none of it until
-- `rebuild-reports` makes them again.
ALTER TABLE report.incident
    ADD COLUMN appointment_at timestamptz,
    ADD COLUMN turn integer NOT NULL DEFAULT 0,       -- how often it was opened again by hand
    ADD COLUMN turn_began_at timestamptz,             -- when it was opened, or last opened again
    ADD COLUMN calls_told json NOT NULL DEFAULT '[]', -- how many patients each call told of
    ADD COLUMN counted json,                          -- the number counted at the scene or amended, which overrules them
    ADD COLUMN patients_reported integer NOT NULL DEFAULT 0,
    -- What dispatchers told of patients besides what crews told of their own tasks.
    ADD COLUMN carried_besides integer NOT NULL DEFAULT 0,
    ADD COLUMN treated_at_scene integer NOT NULL DEFAULT 0,
    ADD COLUMN refused_transport integer NOT NULL DEFAULT 0,
    ADD COLUMN dead_at_scene integer NOT NULL DEFAULT 0,
    ADD COLUMN not_found integer NOT NULL DEFAULT 0,
    ADD COLUMN carried_by_others integer NOT NULL DEFAULT 0;

ALTER TABLE report.task
    ADD COLUMN turn integer NOT NULL DEFAULT 0,       -- in which turn of its incident it was created
    ADD COLUMN turn_began_at timestamptz,
    ADD COLUMN ordered_at timestamptz,                -- its order first sent, by the server's clock
    ADD COLUMN sent_at timestamptz,                   -- its order last sent
    ADD COLUMN receipt boolean NOT NULL DEFAULT false, -- its terminal confirmed the order
    ADD COLUMN treated_at_scene integer NOT NULL DEFAULT 0,
    ADD COLUMN refused_transport integer NOT NULL DEFAULT 0,
    ADD COLUMN dead_at_scene integer NOT NULL DEFAULT 0,
    ADD COLUMN not_found integer NOT NULL DEFAULT 0,
    ADD COLUMN carried_by_others integer NOT NULL DEFAULT 0;

-- What became of the patients of each incident. Carried, or told to need no transport, is accounted for; a task that
-- finished with its patient on board carried at least one, also when its crew told no number.
CREATE VIEW report.patients AS
SELECT told.*, carried + treated_at_scene + refused_transport + dead_at_scene + not_found + carried_by_others AS accounted,
    greatest(reported - carried - treated_at_scene - refused_transport - dead_at_scene - not_found - carried_by_others, 0)
        AS unaccounted
FROM (
    SELECT incident.id AS incident, incident.centre, incident.opened_at, incident.test,
        incident.patients_reported AS reported,
        incident.carried_besides + coalesce(sum(coalesce(task.patients_carried,
            (task.left_scene_at IS NOT NULL OR task.at_hospital_at IS NOT NULL)::integer)), 0) AS carried,
        incident.treated_at_scene + coalesce(sum(task.treated_at_scene), 0) AS treated_at_scene,
        incident.refused_transport + coalesce(sum(task.refused_transport), 0) AS refused_transport,
        incident.dead_at_scene + coalesce(sum(task.dead_at_scene), 0) AS dead_at_scene,
        incident.not_found + coalesce(sum(task.not_found), 0) AS not_found,
        incident.carried_by_others + coalesce(sum(task.carried_by_others), 0) AS carried_by_others
    FROM report.incident LEFT JOIN report.task ON task.incident = incident.id AND task.ended = 'finished'
    GROUP BY incident.id
) AS told;
