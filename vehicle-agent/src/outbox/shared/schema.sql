-- The outboxes of many vehicles. Numbers are never given twice: last_command and last_fix outlive what they counted.
-- `batch` counts batches stored, so that after a failed commit it is known whether it was.
CREATE TABLE vehicles (
    vehicle TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    last_command INTEGER NOT NULL DEFAULT 0,
    last_fix INTEGER NOT NULL DEFAULT 0,
    batch INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
-- What waits, as JSON: kind 1 commands, 2 fixes, 3 positions without a date. And kind 4: the newest fixes that the server
-- has, by which one that comes again after a power cut is known.
CREATE TABLE entries (
    vehicle TEXT NOT NULL,
    kind INTEGER NOT NULL,
    number INTEGER NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (vehicle, kind, number)
) STRICT, WITHOUT ROWID;
-- What is remembered once for each vehicle, as JSON: what the centre told, the newest route, the server's time, the
-- outbox before this one, confirmed commands, salvaged commands.
CREATE TABLE remembered (
    vehicle TEXT NOT NULL,
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (vehicle, what)
) STRICT, WITHOUT ROWID;
