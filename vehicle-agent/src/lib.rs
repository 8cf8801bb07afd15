//! The agent on an ambulance's terminal: NMEA in, numbered outbox, server link, crew screen.
