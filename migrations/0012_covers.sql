-- The picture at the top of a conversation's card, in a table of its own: the row of the
-- conversation is read at every press. It has been scaled down and stripped of what photos carry.
CREATE TABLE cover (
    conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    alt             TEXT NOT NULL CHECK (length(alt) BETWEEN 1 AND 200),  -- for screen readers
    name            TEXT NOT NULL,  -- of the file: another picture has another name
    picture         BLOB NOT NULL CHECK (length(picture) BETWEEN 1 AND 8388608)
) STRICT;

-- The name of the cover that is attached to a card's message, which is not sent again while it
-- stays the same.
ALTER TABLE card ADD COLUMN cover TEXT;
