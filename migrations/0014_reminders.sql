-- Reminders: who hears of a conversation, and when.

-- When a conversation was last moved: no reminder is made up for that came before it.
ALTER TABLE conversation ADD COLUMN moved_at TEXT CHECK (moved_at GLOB '????-??-??T??:??:??Z');

-- When to look next at a planned conversation, because somebody may be due a reminder of it. The
-- instants themselves follow from its start and the network's time zone; this is where the clock
-- looks, so that a beat with nothing due costs the same however many conversations there are.
-- Whoever changes a date, by whatever way, sets it to the beginning of time ("look at once") in the
-- same transaction, by the triggers below: so nothing can forget to. NULL: nothing is left to come.
CREATE TABLE reminder_look (
    conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    look_at         TEXT CHECK (look_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX reminder_look_next ON reminder_look (look_at) WHERE look_at IS NOT NULL;

CREATE TRIGGER reminder_conversation_added AFTER INSERT ON conversation
WHEN NEW.planned_at IS NOT NULL
BEGIN
    INSERT INTO reminder_look (conversation_id, look_at) VALUES (NEW.id, '0001-01-01T00:00:00Z');
END;

CREATE TRIGGER reminder_conversation_changed
AFTER UPDATE OF planned_at, starts_at, minutes, cancelled_at ON conversation
WHEN NEW.planned_at IS NOT NULL
BEGIN
    INSERT INTO reminder_look (conversation_id, look_at) VALUES (NEW.id, '0001-01-01T00:00:00Z')
    ON CONFLICT (conversation_id) DO UPDATE SET look_at = excluded.look_at;
END;

CREATE TRIGGER reminder_zone_changed AFTER UPDATE OF time_zone ON network
BEGIN
    UPDATE reminder_look SET look_at = '0001-01-01T00:00:00Z'
    WHERE look_at IS NOT NULL
      AND conversation_id IN (SELECT id FROM conversation WHERE network_id = NEW.id);
END;

INSERT INTO reminder_look (conversation_id, look_at)
SELECT id, '0001-01-01T00:00:00Z' FROM conversation WHERE planned_at IS NOT NULL;

-- The instants that have been dealt with, each once for each date that a conversation had, and
-- what came of them.
CREATE TABLE reminder_dealt (
    conversation_id  INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    moves            INTEGER NOT NULL,  -- how often it had been moved: its dates are counted so
    purpose          TEXT NOT NULL CHECK (purpose IN ('remind', 'ask', 'thank')),
    minutes_before   INTEGER NOT NULL,
    at               TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    people           INTEGER NOT NULL DEFAULT 0,  -- who are written to in private
    is_posted        INTEGER NOT NULL DEFAULT 0 CHECK (is_posted IN (0, 1)),  -- in the channel
    left_out_because TEXT,  -- NULL: it was not
    PRIMARY KEY (conversation_id, moves, purpose, minutes_before)
) STRICT, WITHOUT ROWID;

-- What one person wants of reminders in one network. No row: nothing by private message.
CREATE TABLE reminder_wish (
    network_id     INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    member_id      INTEGER NOT NULL,
    is_wanted      INTEGER NOT NULL DEFAULT 0 CHECK (is_wanted IN (0, 1)),
    minutes_before TEXT  -- a JSON list, longest first; NULL: when the network does
                   CHECK (minutes_before IS NULL OR json_valid(minutes_before)),
    from_hour      INTEGER NOT NULL DEFAULT 8 CHECK (from_hour BETWEEN 0 AND 23),
    until_hour     INTEGER NOT NULL DEFAULT 21 CHECK (until_hour BETWEEN 0 AND 23),
    time_zone      TEXT,  -- an IANA name; NULL: the network's
    paused_until   TEXT CHECK (paused_until GLOB '????-??-??T??:??:??Z'),
    PRIMARY KEY (network_id, member_id)
) STRICT, WITHOUT ROWID;

-- What one person wants for one conversation, whatever they want for the others.
CREATE TABLE reminder_of_one (
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    member_id       INTEGER NOT NULL,
    is_wanted       INTEGER NOT NULL CHECK (is_wanted IN (0, 1)),
    PRIMARY KEY (conversation_id, member_id)
) STRICT, WITHOUT ROWID;

-- When a conversation is reminded of, where its organisers chose other times than the network's.
CREATE TABLE conversation_reminder (
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    way             TEXT NOT NULL CHECK (way IN ('channel', 'direct')),
    minutes_before  TEXT NOT NULL CHECK (json_valid(minutes_before)),  -- a JSON list, longest first
    PRIMARY KEY (conversation_id, way)
) STRICT, WITHOUT ROWID;

-- Who goes first when many notices are due: 0 what is posted for everybody, 1 what somebody is
-- waiting to hear, 2 reminders to many people.
ALTER TABLE notice ADD COLUMN lane INTEGER NOT NULL DEFAULT 1 CHECK (lane IN (0, 1, 2));

DROP INDEX notice_next;
CREATE INDEX notice_next ON notice (lane, next_try_at, id) WHERE state = 'owed';
-- Whether this person is still owed something from before, about the same conversation.
CREATE INDEX notice_of_person ON notice (conversation_id, member_id) WHERE state = 'owed';
