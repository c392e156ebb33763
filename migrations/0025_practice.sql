-- Practice: what worked for somebody, so that others find it and need not begin again.

-- Something that worked, with who looks after it. Its words are in `practice_text`.
CREATE TABLE practice (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id  INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    -- draft: its author is still reading it. new and looked_at: it waits for a moderator. Only
    -- what is shared or featured can be seen by others.
    state       TEXT NOT NULL DEFAULT 'draft'
                CHECK (state IN ('draft', 'new', 'looked_at', 'shared', 'featured', 'archived',
                                 'not_now')),
    -- form: written for it. message: from the menu of a message. post: a post that somebody made
    -- in the forum by hand. imported: read from a file.
    source      TEXT NOT NULL CHECK (source IN ('form', 'message', 'post', 'imported')),
    kind_id     INTEGER REFERENCES kind (id),
    answers     INTEGER REFERENCES practice (id) ON DELETE SET NULL,  -- under it, “Add mine”
    merged_into INTEGER REFERENCES practice (id) ON DELETE SET NULL,  -- of which it is a double
    author_id   INTEGER,  -- NULL: taken back, forgotten, or not known
    is_named    INTEGER NOT NULL DEFAULT 0 CHECK (is_named IN (0, 1)),  -- whether that is shown
    -- Who looks after it, and who does when they leave. They may not be its author.
    owner_id    INTEGER,
    deputy_id   INTEGER CHECK (deputy_id <> owner_id),
    licence     TEXT NOT NULL DEFAULT '' CHECK (length(licence) <= 100),
    version     INTEGER NOT NULL DEFAULT 1,  -- grows with every change of what it says
    checked_at  TEXT CHECK (checked_at GLOB '????-??-??T??:??:??Z'),  -- that it is still right
    asked_at    TEXT CHECK (asked_at GLOB '????-??-??T??:??:??Z'),    -- whether it is
    drafted_at  TEXT NOT NULL CHECK (drafted_at GLOB '????-??-??T??:??:??Z'),
    sent_at     TEXT CHECK (sent_at GLOB '????-??-??T??:??:??Z'),  -- since when it waits
    decided_by  INTEGER,  -- who looks at it, or decided last
    decided_at  TEXT CHECK (decided_at GLOB '????-??-??T??:??:??Z'),
    shared_at   TEXT CHECK (shared_at GLOB '????-??-??T??:??:??Z'),  -- the first time
    CHECK (state = 'draft' OR sent_at IS NOT NULL),
    CHECK (state NOT IN ('shared', 'featured') OR shared_at IS NOT NULL),
    CHECK (merged_into IS NULL OR state = 'archived'),
    CHECK (merged_into <> id)
) STRICT;

CREATE INDEX practice_waiting ON practice (network_id, sent_at) WHERE state IN ('new', 'looked_at');
CREATE INDEX practice_drafts ON practice (drafted_at) WHERE state = 'draft';
CREATE INDEX practice_of_author ON practice (network_id, author_id) WHERE author_id IS NOT NULL;
CREATE INDEX practice_of_owner ON practice (network_id, owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX practice_of_deputy ON practice (network_id, deputy_id) WHERE deputy_id IS NOT NULL;
CREATE INDEX practice_shown ON practice (network_id, shared_at, id)
WHERE state IN ('shared', 'featured');

-- What it says, in a table of its own, which can be written anew as a whole: that wipes what
-- SQLite leaves of deleted rows as it moves others. Gone when its author takes it back.
CREATE TABLE practice_text (
    practice_id INTEGER PRIMARY KEY REFERENCES practice (id) ON DELETE CASCADE,
    title       TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 100),  -- Discord's for a post
    did         TEXT NOT NULL DEFAULT '' CHECK (length(did) <= 1000),
    changed     TEXT NOT NULL DEFAULT '' CHECK (length(changed) <= 800),
    tell_others TEXT NOT NULL DEFAULT '' CHECK (length(tell_others) <= 800),
    link        TEXT CHECK (length(link) BETWEEN 1 AND 300),
    note        TEXT CHECK (length(note) <= 300)  -- a moderator's kind words to its author
) STRICT;

-- A document that goes with it. Discord forgets private files, and people delete threads.
CREATE TABLE practice_file (
    practice_id INTEGER PRIMARY KEY REFERENCES practice (id) ON DELETE CASCADE,
    name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    content     BLOB NOT NULL
) STRICT;

CREATE TABLE practice_theme (
    practice_id INTEGER NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    theme_id    INTEGER NOT NULL REFERENCES theme (id),
    PRIMARY KEY (practice_id, theme_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX practice_theme_by_theme ON practice_theme (theme_id);

-- What was tagged with a theme is tagged with the one it is merged into.
CREATE TRIGGER practice_theme_merged AFTER UPDATE OF merged_into ON theme
WHEN NEW.merged_into IS NOT NULL
BEGIN
    INSERT OR IGNORE INTO practice_theme (practice_id, theme_id)
    SELECT practice_id, NEW.merged_into FROM practice_theme WHERE theme_id = NEW.id;
    DELETE FROM practice_theme WHERE theme_id = NEW.id;
END;

-- What was done with a practice, by whom, when and why. Never any of its words.
CREATE TABLE practice_change (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    practice_id INTEGER NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    at          TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by_id       INTEGER,  -- NULL: the passing of time, or somebody who has been forgotten
    what        TEXT NOT NULL,
    state       TEXT NOT NULL,  -- in which it was afterwards
    why         TEXT NOT NULL CHECK (length(why) BETWEEN 1 AND 200)
) STRICT;

CREATE INDEX practice_change_of_practice ON practice_change (practice_id);

-- The thread of a practice in the forum: made by the bot, or by hand and adopted.
CREATE TABLE practice_post (
    practice_id INTEGER PRIMARY KEY REFERENCES practice (id) ON DELETE CASCADE,
    network_id  INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    forum_id    INTEGER NOT NULL,
    thread_id   INTEGER NOT NULL UNIQUE,
    message_id  INTEGER,           -- the bot's card in it; NULL: none yet
    is_ours     INTEGER NOT NULL CHECK (is_ours IN (0, 1)),
    -- As they were last seen or made: whatever differs from these was changed by hand.
    title       TEXT NOT NULL,
    tags        TEXT NOT NULL CHECK (json_type(tags) = 'array'),
    shows       TEXT NOT NULL,     -- a digest of what the card was last made to show
    -- 1: somebody deleted it. It does not come back by itself: that is for /network check.
    is_gone     INTEGER NOT NULL DEFAULT 0 CHECK (is_gone IN (0, 1)),
    -- Of one that was made by hand: the message that it began with, when that was last edited,
    -- and when somebody last looked whether it is still so.
    source_id        INTEGER,
    source_edited_at TEXT CHECK (source_edited_at GLOB '????-??-??T??:??:??Z'),
    source_seen_at   TEXT CHECK (source_seen_at GLOB '????-??-??T??:??:??Z'),
    CHECK (is_ours = 0 OR source_id IS NULL)
) STRICT;

CREATE INDEX practice_post_by_hand ON practice_post (source_seen_at)
WHERE is_ours = 0 AND is_gone = 0;

CREATE INDEX practice_post_of_network ON practice_post (network_id);

-- The card in the moderators' channel with which a practice is reviewed.
CREATE TABLE practice_review (
    practice_id INTEGER PRIMARY KEY REFERENCES practice (id) ON DELETE CASCADE,
    network_id  INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    channel_id  INTEGER,  -- NULL: not posted yet
    message_id  INTEGER,
    shows       TEXT
) STRICT;

CREATE INDEX practice_review_of_network ON practice_review (network_id);

-- The pinned post that says what the forum holds.
CREATE TABLE forum_index (
    network_id INTEGER PRIMARY KEY REFERENCES network (id) ON DELETE CASCADE,
    forum_id   INTEGER NOT NULL,
    thread_id  INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    shows      TEXT NOT NULL
) STRICT;

-- What people answer under a practice, so that each counts once. Only counts are shown.
CREATE TABLE practice_answer (
    practice_id INTEGER NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    member_id   INTEGER NOT NULL,
    says        TEXT NOT NULL CHECK (says IN ('recognise', 'differently')),
    PRIMARY KEY (practice_id, member_id)
) STRICT, WITHOUT ROWID;

-- Which services use a template. Services are counted, not people; who said so may take it back.
CREATE TABLE practice_use (
    practice_id INTEGER NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    service     TEXT NOT NULL CHECK (length(service) BETWEEN 1 AND 60),
    said_by     INTEGER,  -- NULL: forgotten
    PRIMARY KEY (practice_id, service)
) STRICT, WITHOUT ROWID;

-- The one definition of what others may see.
CREATE VIEW shown_practice AS
SELECT practice.id, practice.network_id, practice.state, practice.kind_id, practice.answers,
       CASE practice.is_named WHEN 1 THEN practice.author_id END AS named_id,
       practice.licence, practice.version, practice.checked_at, practice.shared_at,
       practice_text.title, practice_text.did, practice_text.changed, practice_text.tell_others,
       practice_text.link
FROM practice
JOIN practice_text ON practice_text.practice_id = practice.id
WHERE practice.state IN ('shared', 'featured');

-- Nothing stays findable that may not be shown, whichever way it came about. Putting it in again
-- is done by whoever knows that it may be.
CREATE TRIGGER practice_leaves_index AFTER UPDATE OF state ON practice
WHEN NEW.state NOT IN ('shared', 'featured')
BEGIN
    DELETE FROM search_entry WHERE collection = 'practice' AND item_id = NEW.id;
END;

CREATE TRIGGER practice_text_leaves_index
AFTER UPDATE OF title, did, changed, tell_others ON practice_text
WHEN NEW.title <> OLD.title OR NEW.did <> OLD.did OR NEW.changed <> OLD.changed
     OR NEW.tell_others <> OLD.tell_others
BEGIN
    DELETE FROM search_entry WHERE collection = 'practice' AND item_id = NEW.practice_id;
END;

CREATE TRIGGER practice_deleted_from_index AFTER DELETE ON practice
BEGIN
    DELETE FROM search_entry WHERE collection = 'practice' AND item_id = OLD.id;
END;

-- How much was deleted, and how much of that is known to be gone from the files.
CREATE TABLE practice_wiping (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    deleted INTEGER NOT NULL DEFAULT 0,
    wiped   INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO practice_wiping (id) VALUES (1);

CREATE TRIGGER practice_words_changed
AFTER UPDATE OF title, did, changed, tell_others, link, note ON practice_text
BEGIN
    UPDATE practice_wiping SET deleted = deleted + 1;
END;

CREATE TRIGGER practice_words_deleted AFTER DELETE ON practice_text
BEGIN
    UPDATE practice_wiping SET deleted = deleted + 1;
END;
