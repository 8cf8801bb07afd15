-- Fourth version: each act says when it was pressed by the steady clock (JSON), and the outbox keeps the
-- server's time as it was last told (JSON).
ALTER TABLE acts ADD COLUMN stamp TEXT;
ALTER TABLE salvaged ADD COLUMN stamp TEXT;
ALTER TABLE confirmed ADD COLUMN stamp TEXT;
ALTER TABLE outbox ADD COLUMN time TEXT;
PRAGMA user_version = 4;
