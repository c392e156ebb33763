-- Notices: messages the bot owes somebody.

-- A notice is due at a time and is settled once: sent, or dropped for a reason. One that was
-- missed because the person's messages are closed is told to them when they next press something.
CREATE TABLE notice (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id      INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    kind            TEXT NOT NULL,  -- see NoticeKind; new kinds come with new features
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    member_id       INTEGER NOT NULL,
    -- What makes this notice one of its kind for this person: the number of the sign-up that
    -- got a place. Somebody who is promoted, leaves, and is promoted again hears twice.
    occurrence      INTEGER NOT NULL,
    due_at          TEXT NOT NULL CHECK (due_at GLOB '????-??-??T??:??:??Z'),
    state           TEXT NOT NULL DEFAULT 'owed' CHECK (state IN ('owed', 'sent', 'missed', 'dropped')),
    dropped_because TEXT CHECK ((dropped_because IS NULL) = (state <> 'dropped')),
    -- Not before this instant: when it is due, when the lease of whoever is sending it ends, or
    -- when a failed attempt may be repeated.
    next_try_at     TEXT NOT NULL CHECK (next_try_at GLOB '????-??-??T??:??:??Z'),
    attempts        INTEGER NOT NULL DEFAULT 0,
    settled_at      TEXT CHECK (settled_at GLOB '????-??-??T??:??:??Z'),
    UNIQUE (kind, conversation_id, member_id, occurrence)
) STRICT;

CREATE INDEX notice_next ON notice (next_try_at, id) WHERE state = 'owed';
CREATE INDEX notice_missed_by ON notice (member_id) WHERE state = 'missed';

-- Somebody whose direct messages are closed to the bot. They are not written to again until
-- they say that their messages are open.
CREATE TABLE closed_messages (
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    member_id  INTEGER NOT NULL,
    since      TEXT NOT NULL CHECK (since GLOB '????-??-??T??:??:??Z'),
    PRIMARY KEY (network_id, member_id)
) STRICT, WITHOUT ROWID;
