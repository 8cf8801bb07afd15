-- From when to when which vehicle belonged to which centre: what it did there stays that centre's to see. Filled from
-- the journals; vehicles of rows written before count as they did until `rebuild-reports`.
CREATE TABLE report.stay (
    centre   text   NOT NULL,
    vehicle  text   NOT NULL,
    began_at bigint NOT NULL, -- unix ms, by the server's clock
    ended_at bigint,          -- absent while it is there
    PRIMARY KEY (vehicle, centre, began_at)
);
