-- A yes is remembered as a no is: otherwise whoever asks about the same message again could tell
-- from being refused or not what its author answered, and its author would be asked twice.
CREATE TABLE quote_request_new (
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
    -- agreed, refused: answered, and kept without words until then, so that they are not asked
    -- again.
    state           TEXT NOT NULL DEFAULT 'open'
                    CHECK (state IN ('open', 'agreed', 'refused', 'lapsed'))
) STRICT;

INSERT INTO quote_request_new
SELECT id, network_id, speaker_id, asked_by, said_in, said_message_id, kind_id, theme_ids,
       perspective, content_note, conversation_id, answers, channel_id, message_id, made_at,
       lasts_until, state
FROM quote_request;

-- A number is never given again: an old message's buttons must not come to mean a new request.
DELETE FROM sqlite_sequence WHERE name = 'quote_request_new';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'quote_request_new', seq FROM sqlite_sequence WHERE name = 'quote_request';

DROP TABLE quote_request;
ALTER TABLE quote_request_new RENAME TO quote_request;

CREATE UNIQUE INDEX quote_request_of_message ON quote_request (said_message_id)
WHERE said_message_id IS NOT NULL;
CREATE INDEX quote_request_next ON quote_request (lasts_until);
CREATE INDEX quote_request_of ON quote_request (network_id, speaker_id);
