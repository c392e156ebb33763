-- Who was named host or deputy of a conversation, and by whom. Its id is the occurrence of the
-- notices about it, so that somebody who is named, steps back and is named again hears each time.
CREATE TABLE hosting (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    member_id       INTEGER NOT NULL,
    named_by        INTEGER NOT NULL,
    named_at        TEXT NOT NULL CHECK (named_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX hosting_of_member ON hosting (conversation_id, member_id, id);
