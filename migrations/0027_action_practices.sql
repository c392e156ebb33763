-- The practices that began an action. Their authors hear first, as those do whose words began it.
CREATE TABLE action_practice (
    action_id   INTEGER NOT NULL REFERENCES action (id) ON DELETE CASCADE,
    practice_id INTEGER NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
    PRIMARY KEY (action_id, practice_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX action_practice_of ON action_practice (practice_id);
