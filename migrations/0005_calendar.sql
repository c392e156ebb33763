-- How often a conversation has changed since it was planned, as calendar programs count it
-- (SEQUENCE in RFC 5545): a file with a higher number replaces one with a lower.
ALTER TABLE conversation ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER conversation_changed
AFTER UPDATE OF title, description, starts_at, minutes, cancelled_at ON conversation
WHEN OLD.planned_at IS NOT NULL
BEGIN
    UPDATE conversation SET sequence = sequence + 1 WHERE id = NEW.id;
END;
