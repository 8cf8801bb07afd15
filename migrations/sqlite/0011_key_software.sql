-- Program and version that a vehicle's terminal said last.
ALTER TABLE vehicle_keys ADD COLUMN software TEXT NOT NULL DEFAULT '';
