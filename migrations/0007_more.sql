-- What else an organiser may say about a conversation.
ALTER TABLE conversation ADD COLUMN questions TEXT NOT NULL DEFAULT '';  -- up to two, a line each
ALTER TABLE conversation ADD COLUMN content_note TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN offered TEXT NOT NULL DEFAULT '';  -- in words, never amounts
ALTER TABLE conversation ADD COLUMN access_provided TEXT NOT NULL DEFAULT '';
-- When sign-up closes. NULL: when it starts.
ALTER TABLE conversation ADD COLUMN closes_at TEXT
    CHECK (closes_at GLOB '????-??-??T??:??:??Z');
