-- Who comes, beyond members with places of their own: hosts, guests, supporters.

ALTER TABLE conversation ADD COLUMN host_id INTEGER;
ALTER TABLE conversation ADD COLUMN deputy_id INTEGER;
-- How many come as supporters of somebody with a place. They take no place.
ALTER TABLE conversation ADD COLUMN supporting INTEGER NOT NULL DEFAULT 0 CHECK (supporting >= 0);

-- Somebody without Discord, by a first name or an alias. How they are reached is not kept: the
-- member who looks after them knows.
CREATE TABLE guest (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    name            TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    note            TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 100),
    looked_after_by INTEGER NOT NULL,
    added_by        INTEGER NOT NULL,
    added_at        TEXT NOT NULL CHECK (added_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX guest_by_conversation ON guest (conversation_id);

-- Sign-ups, made anew: SQLite cannot change a check in place. A sign-up is a member's or a guest's.
ALTER TABLE sign_up RENAME TO sign_up_before;
DROP INDEX sign_up_order;
DROP INDEX sign_up_by_member;

CREATE TABLE sign_up (
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    member_id       INTEGER,
    guest_id        INTEGER UNIQUE REFERENCES guest (id) ON DELETE CASCADE,
    state           TEXT NOT NULL
                    CHECK (state IN ('going', 'maybe', 'waiting', 'supporting', 'not_coming')),
    number          INTEGER NOT NULL,  -- the order of asking within the conversation
    answered_at     TEXT NOT NULL CHECK (answered_at GLOB '????-??-??T??:??:??Z'),
    -- 1: they have a place, and have not said again since the conversation was moved.
    asked_again     INTEGER NOT NULL DEFAULT 0 CHECK (asked_again IN (0, 1)),
    -- What the person chose for themselves: to be named on the card, to carry the role.
    shows_name      INTEGER NOT NULL DEFAULT 0 CHECK (shows_name IN (0, 1)),
    wants_role      INTEGER NOT NULL DEFAULT 1 CHECK (wants_role IN (0, 1)),
    -- Whether they were there, as an organiser noted. NULL: nobody has noted it.
    attended        INTEGER CHECK (attended IN (0, 1)),
    CHECK ((member_id IS NULL) <> (guest_id IS NULL)),
    UNIQUE (conversation_id, member_id)
) STRICT;

INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at, asked_again)
SELECT conversation_id, member_id, state, number, answered_at, asked_again FROM sign_up_before;

DROP TABLE sign_up_before;

CREATE UNIQUE INDEX sign_up_order ON sign_up (conversation_id, state, number);
CREATE INDEX sign_up_by_member ON sign_up (member_id, conversation_id);

CREATE TRIGGER sign_up_added AFTER INSERT ON sign_up BEGIN
    UPDATE conversation
    SET going = going + (NEW.state = 'going'),
        maybe = maybe + (NEW.state = 'maybe'),
        waiting = waiting + (NEW.state = 'waiting'),
        supporting = supporting + (NEW.state = 'supporting'),
        last_number = max(last_number, NEW.number)
    WHERE id = NEW.conversation_id;
END;

CREATE TRIGGER sign_up_changed AFTER UPDATE OF state, number ON sign_up BEGIN
    UPDATE conversation
    SET going = going + (NEW.state = 'going') - (OLD.state = 'going'),
        maybe = maybe + (NEW.state = 'maybe') - (OLD.state = 'maybe'),
        waiting = waiting + (NEW.state = 'waiting') - (OLD.state = 'waiting'),
        supporting = supporting + (NEW.state = 'supporting') - (OLD.state = 'supporting'),
        last_number = max(last_number, NEW.number)
    WHERE id = NEW.conversation_id;
END;

CREATE TRIGGER sign_up_gone AFTER DELETE ON sign_up BEGIN
    UPDATE conversation
    SET going = going - (OLD.state = 'going'),
        maybe = maybe - (OLD.state = 'maybe'),
        waiting = waiting - (OLD.state = 'waiting'),
        supporting = supporting - (OLD.state = 'supporting')
    WHERE id = OLD.conversation_id;
END;
