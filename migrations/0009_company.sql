-- Coming together: supporters and buddies. Nobody's name is passed on before both have said yes.

-- Why a guest was taken off, for whoever looks after them. NULL: they were not.
ALTER TABLE guest ADD COLUMN taken_off_because TEXT CHECK (length(taken_off_because) <= 300);

-- Two members who may come together. A supporter comes for somebody who has a place, and needs
-- none; buddies each have their own. The one who would like company is the asker.
CREATE TABLE pair (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    kind            TEXT NOT NULL CHECK (kind IN ('supporter', 'buddy')),
    asker_id        INTEGER NOT NULL,
    other_id        INTEGER NOT NULL CHECK (other_id <> asker_id),
    made_at         TEXT NOT NULL CHECK (made_at GLOB '????-??-??T??:??:??Z'),
    asker_agreed_at TEXT CHECK (asker_agreed_at GLOB '????-??-??T??:??:??Z'),
    other_agreed_at TEXT CHECK (other_agreed_at GLOB '????-??-??T??:??:??Z'),
    -- One that has ended is kept, so that the same two are not brought together again.
    ended_at        TEXT CHECK (ended_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE UNIQUE INDEX pair_live ON pair (conversation_id, kind, asker_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX pair_live_buddy ON pair (conversation_id, other_id)
WHERE ended_at IS NULL AND kind = 'buddy';
CREATE INDEX pair_by_other ON pair (conversation_id, other_id);

-- Somebody with a place who would like a buddy, or would be one. Matched in the order of wishing.
CREATE TABLE buddy_wish (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    member_id       INTEGER NOT NULL,
    wish            TEXT NOT NULL CHECK (wish IN ('have_one', 'be_one')),
    wished_at       TEXT NOT NULL CHECK (wished_at GLOB '????-??-??T??:??:??Z'),
    UNIQUE (conversation_id, member_id)
) STRICT;
