-- Backups: when a copy was taken.

-- Empty in the database that is in use. A backup holds one row, so that whoever restores it knows
-- which people were forgotten since, whatever its file is called by then.
CREATE TABLE backup_taken (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    taken_at TEXT NOT NULL CHECK (taken_at GLOB '????-??-??T??:??:??Z')
) STRICT;
