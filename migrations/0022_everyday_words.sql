-- Everyday words for searching: what every network begins with since, and gets if it began before.

-- A ring as we gave it, that no moderator has touched: it gives way to what they choose.
ALTER TABLE ring ADD COLUMN is_everyday INTEGER NOT NULL DEFAULT 0
    CHECK (is_everyday = 0 OR (is_everyday = 1 AND theme_id IS NULL));

-- Which version of what networks begin with a network was offered. The rest of a newer one follows
-- the next time that its vocabulary is read.
CREATE TABLE vocabulary_start (
    network_id INTEGER PRIMARY KEY REFERENCES network (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL CHECK (version > 0)
) STRICT;

INSERT INTO vocabulary_start (network_id, version)
SELECT DISTINCT network_id, 1 FROM kind;
