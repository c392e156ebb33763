-- What the bot makes on Discord besides the card, remembered so that it can be kept true.

-- A conversation's entry in Discord's own events list. Ours is the truth; the list mirrors it.
CREATE TABLE list_entry (
    conversation_id INTEGER PRIMARY KEY,  -- outlives the conversation, until the entry is gone
    network_id      INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    entry_id        INTEGER,  -- Discord's id of it. NULL: it is not in the list
    -- deleted, changed: somebody did that in Discord's own screens, and its hosts have not said
    -- yet what was meant. off: they want it left off the list.
    state           TEXT NOT NULL CHECK (state IN ('kept', 'deleted', 'changed', 'off')),
    -- What was last written into it, as JSON. Noted before it is sent, and is_written once
    -- Discord has answered: so that our own writing is never taken for somebody else's.
    wrote           TEXT NOT NULL CHECK (json_valid(wrote)),
    is_written      INTEGER NOT NULL CHECK (is_written IN (0, 1)),
    -- What it said when last looked at. (Older SQLite does not take NULL for valid JSON.)
    stands          TEXT CHECK (stands IS NULL OR json_valid(stands)),
    asked           INTEGER NOT NULL DEFAULT 0,  -- how often its hosts were asked what was meant
    asked_at        TEXT CHECK (asked_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE UNIQUE INDEX list_entry_by_id ON list_entry (entry_id) WHERE entry_id IS NOT NULL;

-- The thread in which people talk about a conversation.
CREATE TABLE thread (
    conversation_id INTEGER PRIMARY KEY,  -- outlives the conversation, until the thread is closed
    network_id      INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    thread_id       INTEGER NOT NULL UNIQUE,
    name            TEXT NOT NULL,  -- the name it was last given
    -- What has been said in it: the greeting, the latest move, the cancellation.
    is_greeted      INTEGER NOT NULL CHECK (is_greeted IN (0, 1)),
    moves_told      INTEGER NOT NULL,
    is_cancel_told  INTEGER NOT NULL CHECK (is_cancel_told IN (0, 1)),
    is_archived     INTEGER NOT NULL CHECK (is_archived IN (0, 1))
) STRICT;

-- Who carries the attendee role, as far as the bot has to do with it.
CREATE TABLE role_carried (
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    member_id  INTEGER NOT NULL,
    role_id    INTEGER NOT NULL,
    -- giving: noted before Discord was asked, so that a crash leaves nobody with it for ever.
    -- given: the bot gave it, and takes it off. by_hand: they had it already, so it is not ours
    -- to take. gone: they are not in the server.
    how        TEXT NOT NULL CHECK (how IN ('giving', 'given', 'by_hand', 'gone')),
    PRIMARY KEY (network_id, member_id, role_id)
) STRICT, WITHOUT ROWID;

-- What the bot could not do in a server, from when it first could not until it can again.
-- AUTOINCREMENT: each time it appears it is told once, under this id.
CREATE TABLE trouble (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    what       TEXT NOT NULL,
    since      TEXT NOT NULL CHECK (since GLOB '????-??-??T??:??:??Z'),
    UNIQUE (network_id, what)
) STRICT;
