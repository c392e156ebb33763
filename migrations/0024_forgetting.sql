-- Forgetting people, everywhere, and keeping the numbers right.

-- Sign-ups, made anew: SQLite cannot change a check in place. A sign-up is a member's, a guest's,
-- or of somebody who is not known any more: because they asked for it, or because it is long ago.
-- Such a one only counts.
CREATE TABLE sign_up_anew (
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    member_id       INTEGER,
    guest_id        INTEGER UNIQUE REFERENCES guest (id) ON DELETE CASCADE,
    state           TEXT NOT NULL
                    CHECK (state IN ('going', 'maybe', 'waiting', 'supporting', 'not_coming')),
    number          INTEGER NOT NULL,  -- the order of asking within the conversation
    -- Of somebody not known any more: when it started, which tells nothing of them.
    answered_at     TEXT NOT NULL CHECK (answered_at GLOB '????-??-??T??:??:??Z'),
    -- 1: they have a place, and have not said again since the conversation was moved.
    asked_again     INTEGER NOT NULL DEFAULT 0 CHECK (asked_again IN (0, 1)),
    -- What the person chose for themselves: to be named on the card, to carry the role.
    shows_name      INTEGER NOT NULL DEFAULT 0 CHECK (shows_name IN (0, 1)),
    wants_role      INTEGER NOT NULL DEFAULT 1 CHECK (wants_role IN (0, 1)),
    -- Whether they were there, as an organiser noted. NULL: nobody has noted it.
    attended        INTEGER CHECK (attended IN (0, 1)),
    CHECK (member_id IS NULL OR guest_id IS NULL),
    CHECK (member_id IS NOT NULL OR shows_name = 0),
    UNIQUE (conversation_id, member_id)
) STRICT;

INSERT INTO sign_up_anew (conversation_id, member_id, guest_id, state, number, answered_at,
                          asked_again, shows_name, wants_role, attended)
SELECT conversation_id, member_id, guest_id, state, number, answered_at,
       asked_again, CASE WHEN member_id IS NULL THEN 0 ELSE shows_name END, wants_role, attended
FROM sign_up
ORDER BY rowid;

DROP TABLE sign_up;
ALTER TABLE sign_up_anew RENAME TO sign_up;

CREATE UNIQUE INDEX sign_up_order ON sign_up (conversation_id, state, number);
CREATE INDEX sign_up_by_member ON sign_up (member_id, conversation_id);
CREATE INDEX sign_up_by_name_shown ON sign_up (conversation_id, number) WHERE shows_name = 1;

-- Somebody signs up, and may be made nobody later. Nobody does not sign up.
CREATE TRIGGER sign_up_of_nobody BEFORE INSERT ON sign_up
WHEN NEW.member_id IS NULL AND NEW.guest_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'a sign-up is a member''s or a guest''s');
END;

-- The triggers of 0008 and 0010, which went with the table.
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

CREATE TRIGGER sign_up_given_up AFTER UPDATE OF state ON sign_up
WHEN NEW.state = 'not_coming'
BEGIN
    DELETE FROM access_need
    WHERE conversation_id = NEW.conversation_id AND member_id = NEW.member_id;
    UPDATE sign_up SET shows_name = 0
    WHERE conversation_id = NEW.conversation_id AND member_id = NEW.member_id;
END;

CREATE TRIGGER sign_up_taken_away AFTER DELETE ON sign_up BEGIN
    DELETE FROM access_need
    WHERE conversation_id = OLD.conversation_id AND member_id = OLD.member_id;
END;

-- Nobody needs anything who is not known any more.
CREATE TRIGGER sign_up_made_nobodys AFTER UPDATE OF member_id ON sign_up
WHEN NEW.member_id IS NOT OLD.member_id
BEGIN
    DELETE FROM access_need
    WHERE conversation_id = OLD.conversation_id AND member_id = OLD.member_id;
END;

-- How much was taken out about people, and how much of that is known to be gone from the files:
-- SQLite keeps copies of rows in its log and in pages whose rows it has moved about.
CREATE TABLE person_wiping (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    deleted INTEGER NOT NULL DEFAULT 0,
    wiped   INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO person_wiping (id) VALUES (1);

-- Somebody who was forgotten carried the role still, until Discord had taken it off.
CREATE TRIGGER role_of_forgotten_taken_off AFTER DELETE ON role_carried
WHEN NOT EXISTS (SELECT 1 FROM sign_up WHERE member_id = OLD.member_id)
BEGIN
    UPDATE person_wiping SET deleted = deleted + 1;
END;
