-- A timeline reads the events of its incident, and no others. The incident is read out of the body by the database
-- itself, so events of every age and release are found: of an event that names only a task it is what stands before
-- ".t" and the task's number.
CREATE INDEX event_of_incident ON event (
    centre,
    CASE WHEN json_valid(body) THEN coalesce(
        json_extract(body, '$.event.incident'),
        substr(rtrim(json_extract(body, '$.event.task'), '0123456789'), 1,
            length(rtrim(json_extract(body, '$.event.task'), '0123456789')) - 2)
    ) END,
    version
);
