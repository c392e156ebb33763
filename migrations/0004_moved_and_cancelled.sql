-- What may become of a conversation after it was planned: moved, cancelled, written about.

ALTER TABLE conversation ADD COLUMN cancelled_at TEXT
    CHECK (cancelled_at GLOB '????-??-??T??:??:??Z');
-- What its organiser gave as the reason, told to everybody who had answered.
ALTER TABLE conversation ADD COLUMN cancelled_because TEXT;
-- Where it was before it was last moved, and how often it has been.
ALTER TABLE conversation ADD COLUMN moved_from TEXT
    CHECK (moved_from GLOB '????-??-??T??:??:??Z');
ALTER TABLE conversation ADD COLUMN moves INTEGER NOT NULL DEFAULT 0;

-- 1: they have a place, and have not said again since the conversation was moved.
ALTER TABLE sign_up ADD COLUMN asked_again INTEGER NOT NULL DEFAULT 0
    CHECK (asked_again IN (0, 1));

-- A new date that an organiser is reading back. Nobody else has heard of it.
CREATE TABLE proposed_move (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    was_at          TEXT NOT NULL CHECK (was_at GLOB '????-??-??T??:??:??Z'),
    to_start_at     TEXT NOT NULL CHECK (to_start_at GLOB '????-??-??T??:??:??Z'),
    proposed_at     TEXT NOT NULL CHECK (proposed_at GLOB '????-??-??T??:??:??Z')
) STRICT;

-- Words that an organiser wrote to people about a conversation: a message to many, or the reason
-- why somebody was taken off. Each notice that carries them has this id as its occurrence.
CREATE TABLE written (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    written_by      INTEGER NOT NULL,
    words           TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 1000),
    written_at      TEXT NOT NULL CHECK (written_at GLOB '????-??-??T??:??:??Z')
) STRICT;
