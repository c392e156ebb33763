-- What a network sorts its wisdom and practice by, and what its words mean to a search.

-- What sort of thing something is. Five in each network: they can be renamed, and that is all.
CREATE TABLE kind (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    slug       TEXT NOT NULL,
    label      TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 20),  -- Discord's limit for a tag
    position   INTEGER NOT NULL,
    UNIQUE (network_id, slug),
    UNIQUE (network_id, label)
) STRICT;

-- What something is about. Never deleted: one that is merged leads to the other, so that whatever
-- remembers its id still finds its way. Features follow with triggers on merged_into.
CREATE TABLE theme (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id  INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    slug        TEXT NOT NULL,  -- as seeded, or made of the first label; it never changes
    label       TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 20),
    is_tag      INTEGER NOT NULL CHECK (is_tag IN (0, 1)),  -- whether it is a tag of the forum
    position    INTEGER NOT NULL,
    merged_into INTEGER REFERENCES theme (id) ON DELETE CASCADE
                CHECK (merged_into <> id AND (merged_into IS NULL OR is_tag = 0)),
    UNIQUE (network_id, slug)
) STRICT;

CREATE UNIQUE INDEX theme_label ON theme (network_id, label COLLATE NOCASE)
WHERE merged_into IS NULL;

CREATE INDEX theme_merged ON theme (merged_into) WHERE merged_into IS NOT NULL;

-- Five kinds and fifteen themes are the twenty tags that Discord allows a forum.
CREATE TRIGGER theme_is_sixteenth_tag BEFORE UPDATE OF is_tag ON theme
WHEN NEW.is_tag = 1 AND OLD.is_tag = 0
     AND (SELECT count(*) FROM theme WHERE network_id = NEW.network_id AND is_tag = 1) >= 15
BEGIN
    SELECT raise(ABORT, 'fifteen themes are tags already');
END;

CREATE TRIGGER theme_added_is_sixteenth_tag BEFORE INSERT ON theme
WHEN NEW.is_tag = 1
     AND (SELECT count(*) FROM theme WHERE network_id = NEW.network_id AND is_tag = 1) >= 15
BEGIN
    SELECT raise(ABORT, 'fifteen themes are tags already');
END;

-- Words that people use for the same thing. Search finds one by another; none is ever shown in
-- place of what somebody said.
CREATE TABLE ring (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    theme_id   INTEGER REFERENCES theme (id) ON DELETE CASCADE,  -- NULL: not about a theme
    label      TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX ring_of_theme ON ring (theme_id) WHERE theme_id IS NOT NULL;
CREATE INDEX ring_of_network ON ring (network_id);

CREATE TABLE ring_word (
    ring_id INTEGER NOT NULL REFERENCES ring (id) ON DELETE CASCADE,
    word    TEXT NOT NULL CHECK (length(word) BETWEEN 1 AND 40),  -- or a few, as people say them
    PRIMARY KEY (ring_id, word)
) STRICT, WITHOUT ROWID;

-- Who changed what of all this, and when. AUTOINCREMENT: the latest id tells whether anything
-- has changed since somebody looked.
CREATE TABLE vocabulary_change (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    at         TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    by_id      INTEGER,  -- the moderator; NULL: forgotten
    what       TEXT NOT NULL,
    subject    TEXT NOT NULL,  -- what it was called then
    before     TEXT,
    after      TEXT
) STRICT;

CREATE INDEX vocabulary_change_of_network ON vocabulary_change (network_id, id);

-- Which tag of the practice forum stands for what. Posts keep a tag by its id, so a tag that is
-- renamed must be known again by it.
CREATE TABLE forum_tag (
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    forum_id   INTEGER NOT NULL,
    tag_id     INTEGER NOT NULL,
    kind_id    INTEGER REFERENCES kind (id) ON DELETE CASCADE,
    theme_id   INTEGER REFERENCES theme (id) ON DELETE CASCADE,
    PRIMARY KEY (network_id, forum_id, tag_id),
    CHECK ((kind_id IS NULL) <> (theme_id IS NULL))
) STRICT, WITHOUT ROWID;
