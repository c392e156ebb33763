-- Where a conversation happens: a channel of the server, or a link that only people with a place
-- are shown.
ALTER TABLE conversation ADD COLUMN venue_channel_id INTEGER;
ALTER TABLE conversation ADD COLUMN join_link TEXT CHECK (length(join_link) BETWEEN 1 AND 300);

CREATE TRIGGER conversation_venue_changed
AFTER UPDATE OF venue_channel_id, join_link ON conversation
WHEN OLD.planned_at IS NOT NULL
    AND (OLD.venue_channel_id IS NOT NEW.venue_channel_id OR OLD.join_link IS NOT NEW.join_link)
BEGIN
    UPDATE conversation SET sequence = sequence + 1 WHERE id = NEW.id;
END;
