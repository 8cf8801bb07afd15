-- Program and version that a vehicle's terminal said last. It is no news: nothing is posted.
ALTER TABLE vehicle_keys ADD COLUMN software text NOT NULL DEFAULT '';
