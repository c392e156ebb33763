-- Notices about anything, not only about conversations. Made anew: SQLite cannot take NOT NULL
-- away in place. Every row keeps its id, so that a message on its way at this moment keeps its
-- nonce, and a button under an old message still finds what it was for.

CREATE TABLE notice_anew (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id      INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    kind            TEXT NOT NULL,     -- see NoticeKind; new kinds come with new features
    about           TEXT NOT NULL,     -- what its kind is about; see Subject
    about_id        INTEGER NOT NULL,  -- the id of that
    -- The same id, where it is a conversation's: what is owed about one goes when it goes.
    conversation_id INTEGER REFERENCES conversation (id) ON DELETE CASCADE,
    member_id       INTEGER NOT NULL,
    -- What makes this notice one of its kind for this person: the number of the sign-up that
    -- got a place. Somebody who is promoted, leaves, and is promoted again hears twice.
    occurrence      INTEGER NOT NULL,
    -- Who goes first when many are due: 0 what is posted for everybody, 1 what somebody is
    -- waiting to hear, 2 reminders to many people.
    lane            INTEGER NOT NULL DEFAULT 1 CHECK (lane IN (0, 1, 2)),
    due_at          TEXT NOT NULL CHECK (due_at GLOB '????-??-??T??:??:??Z'),
    state           TEXT NOT NULL DEFAULT 'owed' CHECK (state IN ('owed', 'sent', 'missed', 'dropped')),
    dropped_because TEXT CHECK ((dropped_because IS NULL) = (state <> 'dropped')),
    -- Not before this instant: when it is due, when the lease of whoever is sending it ends, or
    -- when a failed attempt may be repeated.
    next_try_at     TEXT NOT NULL CHECK (next_try_at GLOB '????-??-??T??:??:??Z'),
    attempts        INTEGER NOT NULL DEFAULT 0,
    settled_at      TEXT CHECK (settled_at GLOB '????-??-??T??:??:??Z'),
    UNIQUE (kind, about_id, member_id, occurrence),
    CHECK (conversation_id IS (CASE about WHEN 'conversation' THEN about_id END))
) STRICT;

INSERT INTO notice_anew (id, network_id, kind, about, about_id, conversation_id, member_id,
                         occurrence, lane, due_at, state, dropped_because, next_try_at, attempts,
                         settled_at)
SELECT id, network_id, kind, 'conversation', conversation_id, conversation_id, member_id,
       occurrence, lane, due_at, state, dropped_because, next_try_at, attempts, settled_at
FROM notice
ORDER BY id;

-- No id is given out again, also not that of a notice which went with its conversation.
INSERT INTO sqlite_sequence (name, seq)
SELECT 'notice_anew', 0
WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'notice_anew');
UPDATE sqlite_sequence
SET seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'notice'), 0)
WHERE name = 'notice_anew';

DROP TABLE notice;
ALTER TABLE notice_anew RENAME TO notice;

CREATE INDEX notice_next ON notice (lane, next_try_at, id) WHERE state = 'owed';
CREATE INDEX notice_missed_by ON notice (member_id) WHERE state = 'missed';
-- What a person is owed about one thing: in order, and no longer when it is no longer so.
CREATE INDEX notice_about ON notice (about_id, member_id);
CREATE INDEX notice_of_conversation ON notice (conversation_id) WHERE conversation_id IS NOT NULL;
