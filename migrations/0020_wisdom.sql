-- Wisdom: people's own words, kept with their consent and shown only as it goes.

-- Whether somebody's words may be kept, while that is being asked: of somebody else, or of
-- oneself while one is still writing. The words are not here. They are in the private message
-- that asks, and come into the database with the yes.
CREATE TABLE quote_request (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id      INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    speaker_id      INTEGER NOT NULL,
    asked_by        INTEGER,  -- NULL: the speaker began it
    -- What was pointed at, so that nobody is asked twice about one message.
    said_in         INTEGER,
    said_message_id INTEGER,
    kind_id         INTEGER REFERENCES kind (id),
    theme_ids       TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(theme_ids)),
    perspective     TEXT,
    content_note    TEXT,
    conversation_id INTEGER REFERENCES conversation (id) ON DELETE SET NULL,
    answers         INTEGER REFERENCES quote (id),
    -- The private message that carries the words, once it is known: it is emptied in time.
    channel_id      INTEGER,
    message_id      INTEGER,
    made_at         TEXT NOT NULL CHECK (made_at GLOB '????-??-??T??:??:??Z'),
    lasts_until     TEXT NOT NULL CHECK (lasts_until GLOB '????-??-??T??:??:??Z'),
    -- refused: said no. Kept without words until then, so that they are not asked again.
    state           TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'refused', 'lapsed'))
) STRICT;

CREATE UNIQUE INDEX quote_request_of_message ON quote_request (said_message_id)
WHERE said_message_id IS NOT NULL;
CREATE INDEX quote_request_next ON quote_request (lasts_until);
CREATE INDEX quote_request_of ON quote_request (network_id, speaker_id);

-- People who never want to be asked whether their words may be kept.
CREATE TABLE not_to_be_asked (
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    member_id  INTEGER NOT NULL,
    since      TEXT NOT NULL CHECK (since GLOB '????-??-??T??:??:??Z'),
    PRIMARY KEY (network_id, member_id)
) STRICT, WITHOUT ROWID;

-- Numbers of quotes, given at publication and never given again.
CREATE TABLE quote_numbering (
    network_id INTEGER PRIMARY KEY REFERENCES network (id) ON DELETE CASCADE,
    last       INTEGER NOT NULL
) STRICT;

-- A file from which quotes were brought in, so that all of them can be left out again.
CREATE TABLE quote_import (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    by_id      INTEGER,  -- NULL: an operator, by the program's own command
    at         TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z')
) STRICT;

-- A quote is somebody's own words, which are in `quote_text`. Withdrawn and expired ones are
-- tombstones: they say that there was something, and nothing of what or whose.
CREATE TABLE quote (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id      INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    number          INTEGER,  -- what people call it; from its first publication on
    state           TEXT NOT NULL CHECK (state IN (
                        'to_record',      -- imported: nobody has recorded yet that its speaker agrees
                        'pending',        -- agreed, and waiting for a moderator
                        'changes_asked',  -- a moderator has asked its speaker for other words
                        'published',
                        'declined',
                        'withdrawn',
                        'expired')),
    wording         INTEGER NOT NULL DEFAULT 1,  -- which of the speaker's own wordings this is
    is_redacted     INTEGER NOT NULL DEFAULT 0 CHECK (is_redacted IN (0, 1)),
    kind_id         INTEGER REFERENCES kind (id),
    perspective     TEXT,
    conversation_id INTEGER REFERENCES conversation (id) ON DELETE SET NULL,
    year            INTEGER NOT NULL,  -- in which it was said
    answers         INTEGER REFERENCES quote (id),  -- the quote under which “Add mine” was pressed
    speaker_id      INTEGER,  -- NULL: not in this server, or not known
    kept_by         INTEGER,  -- who brought it in, if not its speaker
    import_id       INTEGER REFERENCES quote_import (id) ON DELETE SET NULL,
    source          TEXT NOT NULL CHECK (source IN ('shared', 'asked', 'told', 'imported', 'note')),
    kept_at         TEXT NOT NULL CHECK (kept_at GLOB '????-??-??T??:??:??Z'),
    decided_by      INTEGER,
    decided_at      TEXT CHECK (decided_at GLOB '????-??-??T??:??:??Z'),
    published_at    TEXT CHECK (published_at GLOB '????-??-??T??:??:??Z'),
    ended_at        TEXT CHECK (ended_at GLOB '????-??-??T??:??:??Z'),
    UNIQUE (network_id, number),
    CHECK ((ended_at IS NOT NULL) = (state IN ('withdrawn', 'expired'))),
    CHECK (ended_at IS NULL OR (
        perspective IS NULL AND conversation_id IS NULL AND speaker_id IS NULL
        AND kept_by IS NULL
    )),
    CHECK (state <> 'published' OR (number IS NOT NULL AND published_at IS NOT NULL))
) STRICT;

CREATE INDEX quote_waiting ON quote (network_id, state, kept_at)
WHERE state IN ('to_record', 'pending', 'changes_asked');
CREATE INDEX quote_of_speaker ON quote (network_id, speaker_id) WHERE speaker_id IS NOT NULL;
CREATE INDEX quote_of_import ON quote (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX quote_published ON quote (network_id, number) WHERE state = 'published';
CREATE INDEX quote_by_perspective ON quote (network_id, perspective, speaker_id)
WHERE state = 'published' AND perspective IS NOT NULL;

-- The words of a quote, in a table of their own, which can be written anew as a whole: that wipes
-- what SQLite leaves of deleted rows as it moves others.
CREATE TABLE quote_text (
    quote_id     INTEGER PRIMARY KEY REFERENCES quote (id) ON DELETE CASCADE,
    words        TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 1500),
    proposed     TEXT CHECK (length(proposed) BETWEEN 1 AND 1500),  -- a moderator's other words
    heading      TEXT,  -- of an imported quote: what it stood under
    content_note TEXT,
    note         TEXT   -- a moderator's kind words to the speaker
) STRICT;

CREATE TRIGGER quote_becomes_tombstone AFTER UPDATE OF state ON quote
WHEN NEW.state IN ('withdrawn', 'expired')
BEGIN
    DELETE FROM quote_text WHERE quote_id = NEW.id;
END;

CREATE TABLE quote_theme (
    quote_id INTEGER NOT NULL REFERENCES quote (id) ON DELETE CASCADE,
    theme_id INTEGER NOT NULL REFERENCES theme (id),
    PRIMARY KEY (quote_id, theme_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX quote_theme_by_theme ON quote_theme (theme_id);

-- What was tagged with a theme is tagged with the one it is merged into.
CREATE TRIGGER quote_theme_merged AFTER UPDATE OF merged_into ON theme
WHEN NEW.merged_into IS NOT NULL
BEGIN
    INSERT OR IGNORE INTO quote_theme (quote_id, theme_id)
    SELECT quote_id, NEW.merged_into FROM quote_theme WHERE theme_id = NEW.id;
    DELETE FROM quote_theme WHERE theme_id = NEW.id;
END;

-- What a speaker agreed to, once for each time they did. The last row counts, while it lives.
CREATE TABLE consent (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    quote_id      INTEGER NOT NULL REFERENCES quote (id) ON DELETE CASCADE,
    wording       INTEGER NOT NULL,  -- of the quote: agreed to these words and no others
    in_discord    INTEGER NOT NULL CHECK (in_discord IN (0, 1)),
    on_website    INTEGER NOT NULL CHECK (on_website IN (0, 1)),
    in_posts      INTEGER NOT NULL CHECK (in_posts IN (0, 1)),
    in_training   INTEGER NOT NULL CHECK (in_training IN (0, 1)),
    credit        TEXT NOT NULL CHECK (credit IN ('anonymous', 'perspective', 'first_name', 'named')),
    credited_as   TEXT CHECK (length(credited_as) BETWEEN 1 AND 60),
    lasting       TEXT NOT NULL CHECK (lasting IN ('one_year', 'two_years', 'open')),
    expires_at    TEXT CHECK (expires_at GLOB '????-??-??T??:??:??Z'),
    how           TEXT NOT NULL CHECK (how IN ('form', 'spoken', 'written', 'published')),
    shown         TEXT NOT NULL,  -- which text of the form they read; see CONSENT_TEXTS
    given_by      INTEGER,  -- the speaker; or who recorded that they agreed
    given_at      TEXT NOT NULL CHECK (given_at GLOB '????-??-??T??:??:??Z'),
    ended_at      TEXT CHECK (ended_at GLOB '????-??-??T??:??:??Z'),
    is_end_told   INTEGER NOT NULL DEFAULT 0 CHECK (is_end_told IN (0, 1)),  -- that it ends soon
    CHECK ((lasting = 'open') = (expires_at IS NULL)),
    CHECK (in_discord + on_website + in_posts + in_training > 0),
    CHECK ((credit IN ('first_name', 'named')) = (credited_as IS NOT NULL) OR ended_at IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX consent_that_counts ON consent (quote_id) WHERE ended_at IS NULL;
CREATE INDEX consent_expires ON consent (expires_at)
WHERE ended_at IS NULL AND expires_at IS NOT NULL;

-- The one definition of what may be shown: published words, and a consent to just these words.
-- Whoever reads it also asks whether the consent lives at this moment, and for this use.
CREATE VIEW shown_quote AS
SELECT quote.id, quote.network_id, quote.number, quote_text.words, quote_text.heading,
       quote.kind_id, quote.perspective, quote_text.content_note, quote.conversation_id, quote.year,
       quote.speaker_id, quote.published_at, quote.is_redacted,
       consent.in_discord, consent.on_website, consent.in_posts, consent.in_training,
       consent.credit, consent.credited_as, consent.expires_at
FROM quote
JOIN quote_text ON quote_text.quote_id = quote.id
JOIN consent ON consent.quote_id = quote.id AND consent.ended_at IS NULL
            AND consent.wording = quote.wording
WHERE quote.state = 'published';

-- A message of the bot that shows a quote to others, so that it can follow what becomes of it.
CREATE TABLE quote_post (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    quote_id   INTEGER NOT NULL REFERENCES quote (id) ON DELETE CASCADE,
    -- review: in the moderators' channel. week: the quote of the week. shared: because a member
    -- asked for it to be shown to everybody.
    made_for   TEXT NOT NULL CHECK (made_for IN ('review', 'week', 'shared')),
    channel_id INTEGER,  -- where it stands, or ought to; NULL: in the channel chosen for that
    message_id INTEGER,  -- NULL: not posted yet
    shows      TEXT,     -- a digest of what it was last made to show
    made_at    TEXT NOT NULL CHECK (made_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX quote_post_of_quote ON quote_post (quote_id);
CREATE UNIQUE INDEX quote_post_for_review ON quote_post (quote_id) WHERE made_for = 'review';
CREATE UNIQUE INDEX quote_post_by_message ON quote_post (message_id) WHERE message_id IS NOT NULL;

-- The quote of each week, and the round in which none comes twice.
CREATE TABLE quote_of_week (
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    monday     TEXT NOT NULL CHECK (monday GLOB '????-??-??'),  -- on the network's calendar
    quote_id   INTEGER REFERENCES quote (id) ON DELETE SET NULL,  -- NULL: there was none to show
    round      INTEGER NOT NULL,
    PRIMARY KEY (network_id, monday)
) STRICT, WITHOUT ROWID;

-- Whom a quote has helped, so that each counts once. Only the count is shown.
CREATE TABLE quote_helped (
    quote_id  INTEGER NOT NULL REFERENCES quote (id) ON DELETE CASCADE,
    member_id INTEGER NOT NULL,
    PRIMARY KEY (quote_id, member_id)
) STRICT, WITHOUT ROWID;

-- What was done with a quote, by whom and when. Never any of its words.
CREATE TABLE quote_change (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    quote_id INTEGER NOT NULL REFERENCES quote (id) ON DELETE CASCADE,
    at       TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by_id    INTEGER,  -- NULL: the passing of time, or somebody who has been forgotten
    what     TEXT NOT NULL
) STRICT;

CREATE INDEX quote_change_of_quote ON quote_change (quote_id);

-- Nothing stays findable that may not be shown: whatever changes a quote, by whatever way, takes
-- it out of the index here. Putting it in again is done by whoever knows that it may be.
CREATE TRIGGER quote_leaves_index AFTER UPDATE OF state, wording ON quote
WHEN NEW.state <> 'published' OR NEW.wording <> OLD.wording
BEGIN
    DELETE FROM search_entry WHERE collection = 'quote' AND item_id = NEW.id;
END;

CREATE TRIGGER quote_text_leaves_index AFTER UPDATE OF words, heading ON quote_text
WHEN NEW.words IS NOT OLD.words OR NEW.heading IS NOT OLD.heading
BEGIN
    DELETE FROM search_entry WHERE collection = 'quote' AND item_id = NEW.quote_id;
END;

CREATE TRIGGER quote_deleted_from_index AFTER DELETE ON quote
BEGIN
    DELETE FROM search_entry WHERE collection = 'quote' AND item_id = OLD.id;
END;

CREATE TRIGGER consent_leaves_index AFTER UPDATE OF ended_at, in_discord ON consent
WHEN NEW.ended_at IS NOT NULL OR NEW.in_discord = 0
BEGIN
    DELETE FROM search_entry WHERE collection = 'quote' AND item_id = NEW.quote_id;
END;

-- How much was deleted, and how much of that is known to be gone from the files.
CREATE TABLE wisdom_wiping (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    deleted INTEGER NOT NULL DEFAULT 0,
    wiped   INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO wisdom_wiping (id) VALUES (1);

CREATE TRIGGER quote_words_changed AFTER UPDATE OF words, proposed, content_note, note ON quote_text
BEGIN
    UPDATE wisdom_wiping SET deleted = deleted + 1;
END;

CREATE TRIGGER quote_words_deleted AFTER DELETE ON quote_text
BEGIN
    UPDATE wisdom_wiping SET deleted = deleted + 1;
END;
