-- Networks: Discord servers that the bot looks after, and what their managers have chosen.

-- One row for each server. The id is Discord's own id of that server.
CREATE TABLE network (
    id        INTEGER PRIMARY KEY,
    time_zone TEXT NOT NULL DEFAULT 'Europe/London'  -- an IANA name
) STRICT;

-- Which channel of the server serves which use. No row: nobody has chosen one.
CREATE TABLE network_channel (
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    used_for   TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    PRIMARY KEY (network_id, used_for)
) STRICT, WITHOUT ROWID;

-- Which role of the server carries which duty.
CREATE TABLE network_role (
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    duty       TEXT NOT NULL,
    role_id    INTEGER NOT NULL,
    PRIMARY KEY (network_id, duty)
) STRICT, WITHOUT ROWID;

-- Links and addresses shown to members at the foot of cards and in /help.
CREATE TABLE network_link (
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    leads_to   TEXT NOT NULL,
    address    TEXT NOT NULL CHECK (length(address) BETWEEN 1 AND 300),
    PRIMARY KEY (network_id, leads_to)
) STRICT, WITHOUT ROWID;

-- How long before a conversation people are reminded, once somebody has changed the defaults.
-- One row for each way, also when its list of times is empty: "none" is a choice as well.
CREATE TABLE network_reminder (
    network_id     INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    way            TEXT NOT NULL CHECK (way IN ('channel', 'direct')),
    minutes_before TEXT NOT NULL CHECK (json_valid(minutes_before)),  -- a JSON list, longest first
    PRIMARY KEY (network_id, way)
) STRICT, WITHOUT ROWID;
