"""Pure functions from frames to tables: no Qt, no SQL, no files, no clock, no network."""
