-- Nobody is reminded of what they have not heard of. For when a conversation was to be announced,
-- once it has been; NULL: it was announced as it was planned. No reminder is made up from before.
ALTER TABLE reminder_look ADD COLUMN announced_at TEXT
    CHECK (announced_at GLOB '????-??-??T??:??:??Z');

CREATE TRIGGER reminder_conversation_announced AFTER UPDATE OF announce_at ON conversation
WHEN OLD.announce_at IS NOT NULL AND NEW.announce_at IS NULL AND NEW.planned_at IS NOT NULL
BEGIN
    INSERT INTO reminder_look (conversation_id, look_at, announced_at)
    VALUES (NEW.id, '0001-01-01T00:00:00Z', OLD.announce_at)
    ON CONFLICT (conversation_id)
    DO UPDATE SET look_at = excluded.look_at, announced_at = excluded.announced_at;
END;
