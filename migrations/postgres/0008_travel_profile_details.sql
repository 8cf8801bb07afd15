-- What a travel profile says beyond its one factor: factors by road and part of the day, as JSON. Profiles with
-- one factor for all have no row. A table of its own, because servers of the release before read every column
-- of travel_profiles; a row is written in the transaction of its profile, whose trigger posts the change.
CREATE TABLE travel_profile_details (
    profile       TEXT    NOT NULL PRIMARY KEY REFERENCES travel_profiles (id),
    detail        TEXT    NOT NULL
);
