-- Reflections: from what was noted at a conversation to the post that a network publishes, and to
-- what came of it. Quotes are here by their ids only: their words are read anew each time, as far
-- as they may be used in a post at that moment.

-- A point that somebody noted, at a conversation or after it, for those who write the post.
CREATE TABLE conversation_note (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id      INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    question        INTEGER CHECK (question IN (1, 2)),  -- NULL: about the whole of it
    words           TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 1000),
    noted_by        INTEGER,  -- NULL: somebody who did not want to be named
    noted_at        TEXT NOT NULL CHECK (noted_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX conversation_note_of ON conversation_note (conversation_id, id);
CREATE INDEX conversation_note_by ON conversation_note (network_id, noted_by)
WHERE noted_by IS NOT NULL;

-- A post, from the first draft on. Its sections are the network's kinds, in their order.
CREATE TABLE reflection (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id      INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    conversation_id INTEGER REFERENCES conversation (id) ON DELETE SET NULL,  -- NULL: of no one
    theme_id        INTEGER REFERENCES theme (id),                            -- NULL: of all
    lead_quote_id   INTEGER REFERENCES quote (id) ON DELETE SET NULL,
    made_by         INTEGER,
    made_at         TEXT NOT NULL CHECK (made_at GLOB '????-??-??T??:??:??Z'),
    published_by    INTEGER,
    published_at    TEXT CHECK (published_at GLOB '????-??-??T??:??:??Z'),
    -- Its first message, on which its thread is opened: the thread has the same id.
    channel_id      INTEGER,
    thread_id       INTEGER
) STRICT;

CREATE UNIQUE INDEX reflection_of_conversation ON reflection (conversation_id)
WHERE conversation_id IS NOT NULL;
CREATE INDEX reflection_of_network ON reflection (network_id, id);

-- A text of a post, once for each time that it was written. The highest version counts, and the
-- others are its history.
CREATE TABLE reflection_text (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    reflection_id INTEGER NOT NULL REFERENCES reflection (id) ON DELETE CASCADE,
    slot          TEXT NOT NULL CHECK (slot IN
                      ('title', 'intro', 'heading', 'commentary', 'asks', 'footnotes')),
    kind_id       INTEGER REFERENCES kind (id),  -- of the section that it belongs to
    version       INTEGER NOT NULL CHECK (version > 0),
    words         TEXT NOT NULL CHECK (length(words) <= 4000),
    by_id         INTEGER,  -- NULL: somebody who has been forgotten, or long ago
    at            TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE UNIQUE INDEX reflection_text_version
ON reflection_text (reflection_id, slot, coalesce(kind_id, 0), version);

-- Which quotes a post has room for, and in what order. Whether one is shown is asked of its
-- consent, each time.
CREATE TABLE reflection_quote (
    reflection_id INTEGER NOT NULL REFERENCES reflection (id) ON DELETE CASCADE,
    quote_id      INTEGER NOT NULL REFERENCES quote (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    is_left_out   INTEGER NOT NULL DEFAULT 0 CHECK (is_left_out IN (0, 1)),
    PRIMARY KEY (reflection_id, quote_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX reflection_quote_of ON reflection_quote (quote_id);

-- What was done with a post besides writing: never any words.
CREATE TABLE reflection_change (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    reflection_id INTEGER NOT NULL REFERENCES reflection (id) ON DELETE CASCADE,
    what          TEXT NOT NULL,
    by_id         INTEGER,
    at            TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX reflection_change_of ON reflection_change (reflection_id);

-- The messages of a published post, so that each can follow what becomes of its quotes. Part 0
-- stands in the channel, the others in the thread.
CREATE TABLE reflection_message (
    reflection_id INTEGER NOT NULL REFERENCES reflection (id) ON DELETE CASCADE,
    part          INTEGER NOT NULL,
    message_id    INTEGER NOT NULL,
    shows         TEXT NOT NULL,  -- a digest of what it was last made to show
    PRIMARY KEY (reflection_id, part)
) STRICT, WITHOUT ROWID;

-- A file that somebody took away, and what it holds: they are told when a quote in it may not be
-- used any more.
CREATE TABLE reflection_export (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    reflection_id INTEGER NOT NULL REFERENCES reflection (id) ON DELETE CASCADE,
    form          TEXT NOT NULL CHECK (form IN ('markdown', 'html')),
    exported_by   INTEGER,
    exported_at   TEXT NOT NULL CHECK (exported_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX reflection_export_of ON reflection_export (reflection_id);

CREATE TABLE reflection_export_quote (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    export_id   INTEGER NOT NULL REFERENCES reflection_export (id) ON DELETE CASCADE,
    quote_id    INTEGER NOT NULL REFERENCES quote (id) ON DELETE CASCADE,
    gone_at     TEXT CHECK (gone_at GLOB '????-??-??T??:??:??Z'),  -- when they were told
    UNIQUE (export_id, quote_id)
) STRICT;

CREATE INDEX reflection_export_quote_of ON reflection_export_quote (quote_id);
CREATE INDEX reflection_export_held ON reflection_export_quote (export_id) WHERE gone_at IS NULL;

-- Something that people asked for, and what becomes of it.
CREATE TABLE action (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id      INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    conversation_id INTEGER REFERENCES conversation (id) ON DELETE SET NULL,  -- where it came up
    title           TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 150),
    state           TEXT NOT NULL CHECK (state IN
                        ('idea', 'agreed', 'under_way', 'done', 'not_possible')),
    reason          TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 300),
    owner_id        INTEGER,
    deputy_id       INTEGER,
    -- The day by which it is to be done, on the network's calendar.
    due_on          TEXT CHECK (due_on GLOB '????-??-??'),
    version         INTEGER NOT NULL DEFAULT 1,
    made_by         INTEGER,
    made_at         TEXT NOT NULL CHECK (made_at GLOB '????-??-??T??:??:??Z'),
    changed_at      TEXT NOT NULL CHECK (changed_at GLOB '????-??-??T??:??:??Z'),
    asked_at        TEXT CHECK (asked_at GLOB '????-??-??T??:??:??Z'),  -- last, how it stands
    CHECK (state <> 'not_possible' OR reason <> '')
) STRICT;

CREATE INDEX action_of_network ON action (network_id, changed_at);
CREATE INDEX action_open ON action (due_on)
WHERE due_on IS NOT NULL AND state NOT IN ('done', 'not_possible');

-- The quotes that began it. Their speakers hear first.
CREATE TABLE action_quote (
    action_id INTEGER NOT NULL REFERENCES action (id) ON DELETE CASCADE,
    quote_id  INTEGER NOT NULL REFERENCES quote (id) ON DELETE CASCADE,
    PRIMARY KEY (action_id, quote_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX action_quote_of ON action_quote (quote_id);

-- Each step of an action.
CREATE TABLE action_change (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL REFERENCES action (id) ON DELETE CASCADE,
    state     TEXT NOT NULL,
    reason    TEXT NOT NULL,
    by_id     INTEGER,
    at        TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX action_change_of ON action_change (action_id);
