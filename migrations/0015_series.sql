-- Series: rules that make conversations, and the people who come to all of them.

-- A rule by RFC 5545, "FREQ=MONTHLY;BYDAY=1TH", with its first date and time as clocks on the
-- network's walls show them: '2026-12-03T14:00'. No zone is kept with it, so that every date is
-- at the same hour on both sides of a clock change. An end in the rule is local time as well.
CREATE TABLE series (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id       INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    rule             TEXT NOT NULL CHECK (rule GLOB 'FREQ=*;BYDAY=*'),
    first_at         TEXT NOT NULL CHECK (first_at GLOB '????-??-??T??:??'),
    announce_weeks   INTEGER NOT NULL CHECK (announce_weeks BETWEEN 1 AND 12),
    -- What each conversation is made with. The columns of `conversation` of the same names.
    title            TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
    description      TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 1000),
    minutes          INTEGER NOT NULL CHECK (minutes BETWEEN 15 AND 720),
    places           INTEGER CHECK (places BETWEEN 1 AND 10000),
    venue_channel_id INTEGER,
    join_link        TEXT CHECK (length(join_link) BETWEEN 1 AND 300),
    questions        TEXT NOT NULL DEFAULT '',
    content_note     TEXT NOT NULL DEFAULT '',
    offered          TEXT NOT NULL DEFAULT '',
    access_provided  TEXT NOT NULL DEFAULT '',
    -- How long before its start sign-up closes. NULL: with the start.
    closes_before    INTEGER CHECK (closes_before > 0),  -- minutes
    -- 'draft' while its organiser is still reading it back; nobody else can see it until then.
    state            TEXT NOT NULL DEFAULT 'draft'
                     CHECK (state IN ('draft', 'running', 'paused', 'ended')),
    -- Grows with every change of the series, so that a change read back is made to what was read.
    version          INTEGER NOT NULL DEFAULT 0,
    -- Grows with every change of the series or of one of its conversations, as calendar programs
    -- count them.
    sequence         INTEGER NOT NULL DEFAULT 0,
    -- When the next of its conversations may have to be made. NULL: never, as it stands.
    look_at          TEXT CHECK (look_at GLOB '????-??-??T??:??:??Z'),
    drafted_by       INTEGER NOT NULL,
    drafted_at       TEXT NOT NULL CHECK (drafted_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX series_of_network ON series (network_id, title) WHERE state <> 'draft';
CREATE INDEX series_to_look_at ON series (look_at) WHERE state = 'running';

-- Dates of the rule on which nothing happens.
CREATE TABLE series_skip (
    series_id  INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    occurrence TEXT NOT NULL CHECK (occurrence GLOB '????-??-??'),
    PRIMARY KEY (series_id, occurrence)
) STRICT, WITHOUT ROWID;

-- People who come to every conversation of a series until they say otherwise. The id is the order
-- in which they asked, and so the order in which they are given places.
CREATE TABLE standing_sign_up (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    series_id INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    member_id INTEGER NOT NULL,
    since     TEXT NOT NULL CHECK (since GLOB '????-??-??T??:??:??Z'),
    UNIQUE (series_id, member_id)
) STRICT;

CREATE INDEX standing_sign_up_by_member ON standing_sign_up (member_id);

-- Another rule that an organiser is reading back. Nobody else has heard of it.
CREATE TABLE proposed_rule (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    series_id       INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    version         INTEGER NOT NULL,  -- of the series, when this was proposed
    since           TEXT NOT NULL CHECK (since GLOB '????-??-??'),  -- dates from then on change
    rule            TEXT NOT NULL,
    first_at        TEXT NOT NULL CHECK (first_at GLOB '????-??-??T??:??'),
    announce_weeks  INTEGER NOT NULL CHECK (announce_weeks BETWEEN 1 AND 12),
    -- The conversation that is moved to the first date of the new rule, if this began with one.
    conversation_id INTEGER REFERENCES conversation (id) ON DELETE CASCADE,
    proposed_at     TEXT NOT NULL CHECK (proposed_at GLOB '????-??-??T??:??:??Z')
) STRICT;

-- Of which series a conversation is, and on which date by its rule, wherever it was moved since.
-- No date: it was of the series, but the rule has changed and no longer has one for it.
ALTER TABLE conversation ADD COLUMN series_id INTEGER REFERENCES series (id) ON DELETE SET NULL;
ALTER TABLE conversation ADD COLUMN occurrence TEXT CHECK (occurrence GLOB '????-??-??');
-- 1: an organiser changed this one alone, so changes of the series leave it as it is.
ALTER TABLE conversation ADD COLUMN edited INTEGER NOT NULL DEFAULT 0 CHECK (edited IN (0, 1));
-- When members are to hear of it. NULL: they have, or may at once.
ALTER TABLE conversation ADD COLUMN announce_at TEXT
    CHECK (announce_at GLOB '????-??-??T??:??:??Z');

-- One conversation for one date, however many times and by however many it is made.
CREATE UNIQUE INDEX conversation_of_series ON conversation (series_id, occurrence);
CREATE INDEX conversation_to_announce ON conversation (announce_at)
WHERE announce_at IS NOT NULL AND planned_at IS NOT NULL AND cancelled_at IS NULL;

-- A conversation that was moved or cancelled may leave the series with too few ahead.
CREATE TRIGGER conversation_of_series_changed
AFTER UPDATE OF sequence ON conversation
WHEN NEW.series_id IS NOT NULL
BEGIN
    UPDATE series SET sequence = sequence + 1, look_at = '1970-01-01T00:00:00Z'
    WHERE id = NEW.series_id;
END;

-- One that was taken away by itself is not made again.
CREATE TRIGGER conversation_of_series_gone
AFTER DELETE ON conversation
WHEN OLD.series_id IS NOT NULL AND OLD.occurrence IS NOT NULL
    AND EXISTS (SELECT 1 FROM series WHERE id = OLD.series_id)
BEGIN
    INSERT INTO series_skip (series_id, occurrence) VALUES (OLD.series_id, OLD.occurrence)
    ON CONFLICT (series_id, occurrence) DO NOTHING;
END;

CREATE TRIGGER series_skipped AFTER INSERT ON series_skip
BEGIN
    UPDATE series SET sequence = sequence + 1, look_at = '1970-01-01T00:00:00Z'
    WHERE id = NEW.series_id;
END;
