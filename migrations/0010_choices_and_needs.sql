-- What people choose and need for themselves.

-- Names on a card are read each time it is drawn, whatever the number of people.
CREATE INDEX sign_up_by_name_shown ON sign_up (conversation_id, number) WHERE shows_name = 1;

-- What one person needs so that they can take part in one conversation. They agreed that its
-- hosts read it, and that it is deleted 14 days after the conversation.
-- Not WITHOUT ROWID: words would stand in the inner pages as well, where they are harder to wipe.
CREATE TABLE access_need (
    id              INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    member_id       INTEGER NOT NULL,
    kinds           TEXT NOT NULL,  -- see Need; with a space between two
    words           TEXT NOT NULL CHECK (length(words) <= 300),
    consented_at    TEXT NOT NULL CHECK (consented_at GLOB '????-??-??T??:??:??Z'),
    UNIQUE (conversation_id, member_id),
    CHECK (kinds <> '' OR words <> '')
) STRICT;

-- What somebody asked to have filled in for them next time. Nobody but they are shown it.
CREATE TABLE remembered_need (
    id         INTEGER PRIMARY KEY,
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    member_id  INTEGER NOT NULL,
    kinds      TEXT NOT NULL,
    words      TEXT NOT NULL CHECK (length(words) <= 300),
    UNIQUE (network_id, member_id),
    CHECK (kinds <> '' OR words <> '')
) STRICT;

-- That a host looked at the needs of a conversation's people.
CREATE TABLE look_at_needs (
    id              INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    looked_by       INTEGER NOT NULL,
    how             TEXT NOT NULL CHECK (how IN ('list', 'file')),
    looked_at       TEXT NOT NULL CHECK (looked_at GLOB '????-??-??T??:??:??Z')
) STRICT;

-- Deleting a row is not enough: SQLite keeps copies of it in its log, and in pages whose rows it
-- has moved about. One row counts what was deleted or overwritten, and how much of that has been
-- wiped from the bytes of the files as well.
CREATE TABLE wiping (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    deleted INTEGER NOT NULL DEFAULT 0,
    wiped   INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO wiping (id) VALUES (1);

CREATE TRIGGER access_need_gone AFTER DELETE ON access_need BEGIN
    UPDATE wiping SET deleted = deleted + 1;
END;

CREATE TRIGGER access_need_changed AFTER UPDATE ON access_need BEGIN
    UPDATE wiping SET deleted = deleted + 1;
END;

CREATE TRIGGER remembered_need_gone AFTER DELETE ON remembered_need BEGIN
    UPDATE wiping SET deleted = deleted + 1;
END;

CREATE TRIGGER remembered_need_changed AFTER UPDATE ON remembered_need BEGIN
    UPDATE wiping SET deleted = deleted + 1;
END;

-- Whoever does not come, whichever way that was said, needs nothing there and is not named there.
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

-- Nobody needs anything at a conversation that does not happen.
CREATE TRIGGER conversation_called_off AFTER UPDATE OF cancelled_at ON conversation
WHEN NEW.cancelled_at IS NOT NULL
BEGIN
    DELETE FROM access_need WHERE conversation_id = NEW.id;
END;
