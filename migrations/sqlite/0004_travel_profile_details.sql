-- What a travel profile says beyond its one factor: factors by road and part of the day, as JSON. Profiles with
-- one factor for all have no row.
CREATE TABLE travel_profile_details (
    profile       TEXT    NOT NULL PRIMARY KEY REFERENCES travel_profiles (id),
    detail        TEXT    NOT NULL
) STRICT;
