-- Conversations, the places people take at them, and the cards that show them.
-- Instants are UTC text, '2027-03-02T18:30:00Z', so they sort and read as they are.

-- One gathering on one date. AUTOINCREMENT: an id is never given twice, because buttons on old
-- messages carry it for ever.
CREATE TABLE conversation (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id  INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    title       TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
    description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 1000),
    starts_at   TEXT NOT NULL CHECK (starts_at GLOB '????-??-??T??:??:??Z'),
    minutes     INTEGER NOT NULL CHECK (minutes BETWEEN 15 AND 720),
    places      INTEGER CHECK (places BETWEEN 1 AND 10000),  -- NULL: no limit
    drafted_by  INTEGER NOT NULL,
    drafted_at  TEXT NOT NULL CHECK (drafted_at GLOB '????-??-??T??:??:??Z'),
    -- NULL while its organiser is still reading it back; nobody else can see it until then.
    planned_at  TEXT CHECK (planned_at GLOB '????-??-??T??:??:??Z'),
    -- The number the last person to ask for a place was given. It only grows.
    last_number INTEGER NOT NULL DEFAULT 0,
    -- How many people there are in each state. Kept by the triggers below, so that no press
    -- has to count rows.
    going       INTEGER NOT NULL DEFAULT 0 CHECK (going >= 0),
    maybe       INTEGER NOT NULL DEFAULT 0 CHECK (maybe >= 0),
    waiting     INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0)
) STRICT;

CREATE INDEX conversation_by_start ON conversation (network_id, starts_at)
WHERE planned_at IS NOT NULL;

CREATE INDEX conversation_by_time ON conversation (starts_at) WHERE planned_at IS NOT NULL;

-- One person's answer for one conversation, kept after they say no.
CREATE TABLE sign_up (
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    member_id       INTEGER NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('going', 'maybe', 'waiting', 'not_coming')),
    number          INTEGER NOT NULL,  -- the order of asking within the conversation
    answered_at     TEXT NOT NULL CHECK (answered_at GLOB '????-??-??T??:??:??Z'),
    PRIMARY KEY (conversation_id, member_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX sign_up_order ON sign_up (conversation_id, state, number);
CREATE INDEX sign_up_by_member ON sign_up (member_id, conversation_id);

CREATE TRIGGER sign_up_added AFTER INSERT ON sign_up BEGIN
    UPDATE conversation
    SET going = going + (NEW.state = 'going'),
        maybe = maybe + (NEW.state = 'maybe'),
        waiting = waiting + (NEW.state = 'waiting'),
        last_number = max(last_number, NEW.number)
    WHERE id = NEW.conversation_id;
END;

CREATE TRIGGER sign_up_changed AFTER UPDATE ON sign_up BEGIN
    UPDATE conversation
    SET going = going + (NEW.state = 'going') - (OLD.state = 'going'),
        maybe = maybe + (NEW.state = 'maybe') - (OLD.state = 'maybe'),
        waiting = waiting + (NEW.state = 'waiting') - (OLD.state = 'waiting'),
        last_number = max(last_number, NEW.number)
    WHERE id = NEW.conversation_id;
END;

CREATE TRIGGER sign_up_gone AFTER DELETE ON sign_up BEGIN
    UPDATE conversation
    SET going = going - (OLD.state = 'going'),
        maybe = maybe - (OLD.state = 'maybe'),
        waiting = waiting - (OLD.state = 'waiting')
    WHERE id = OLD.conversation_id;
END;

-- The message in the conversations channel that shows a conversation to everybody.
CREATE TABLE card (
    conversation_id INTEGER PRIMARY KEY,  -- outlives the conversation, until the message is gone
    network_id      INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    channel_id      INTEGER NOT NULL,
    message_id      INTEGER NOT NULL,
    shows           TEXT NOT NULL  -- a digest of what was drawn last, to see whether it still holds
) STRICT;
