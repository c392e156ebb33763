-- Finding quotes and practices by words.

-- What can be found: what everybody may read just now, and nothing else. Features put entries in,
-- and take them out with triggers of their own, so that whatever stops being public cannot be
-- found from the same transaction on.
CREATE TABLE search_entry (
    id         INTEGER PRIMARY KEY,  -- the higher, the newer
    network_id INTEGER NOT NULL REFERENCES network (id) ON DELETE CASCADE,
    collection TEXT NOT NULL CHECK (collection IN ('quote', 'practice')),
    item_id    INTEGER NOT NULL,
    facets     TEXT NOT NULL,  -- one token for each thing to sort by; the first is the network's
    heading    TEXT NOT NULL,  -- both folded, see bot/search/words.py
    words      TEXT NOT NULL,
    roots      TEXT NOT NULL CHECK (json_type(roots) = 'object'),  -- of each different word
    UNIQUE (collection, item_id)
) STRICT;
CREATE INDEX search_entry_by_network ON search_entry (network_id);

-- No sizes of columns: they serve only bm25, which reads every row that has the word.
CREATE VIRTUAL TABLE search_text USING fts5 (
    facets, heading, words,
    content = 'search_entry', content_rowid = 'id', columnsize = 0,
    tokenize = 'porter unicode61 remove_diacritics 2'
);

-- The words of what can be found in one network: to help with typing, and to guess what was meant.
-- The word '' is in every entry, and so says how many there are.
CREATE TABLE search_word (
    id         INTEGER PRIMARY KEY,
    network_id INTEGER NOT NULL,
    collection TEXT NOT NULL,
    word       TEXT NOT NULL,
    root       TEXT NOT NULL,
    entries    INTEGER NOT NULL CHECK (entries > 0),  -- that have it
    UNIQUE (network_id, collection, word)
) STRICT;
CREATE INDEX search_word_by_root ON search_word (network_id, collection, root);

-- Deleting is not enough: SQLite keeps copies of rows that it moved, and the index keeps a note of
-- what was deleted. Whoever wipes writes everything anew, and marks how many deletions that covers.
CREATE TABLE search_wiping (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    deleted      INTEGER NOT NULL,
    wiped        INTEGER NOT NULL CHECK (wiped <= deleted),
    is_under_way INTEGER NOT NULL CHECK (is_under_way IN (0, 1))  -- never outside its transaction
) STRICT;
INSERT INTO search_wiping (id, deleted, wiped, is_under_way) VALUES (1, 0, 0, 0);

-- Where the entries wait while they are written anew. Empty outside that transaction.
CREATE TABLE search_waiting (
    id         INTEGER PRIMARY KEY,
    network_id INTEGER NOT NULL,
    collection TEXT NOT NULL,
    item_id    INTEGER NOT NULL,
    facets     TEXT NOT NULL,
    heading    TEXT NOT NULL,
    words      TEXT NOT NULL,
    roots      TEXT NOT NULL
) STRICT;

CREATE TRIGGER search_entry_in AFTER INSERT ON search_entry
WHEN (SELECT is_under_way FROM search_wiping) = 0
BEGIN
    INSERT INTO search_text (rowid, facets, heading, words)
    VALUES (NEW.id, NEW.facets, NEW.heading, NEW.words);
    INSERT INTO search_word (network_id, collection, word, root, entries)
    SELECT NEW.network_id, NEW.collection, key, value, 1 FROM json_each(NEW.roots)
    WHERE true
    ON CONFLICT (network_id, collection, word) DO UPDATE SET entries = entries + 1;
END;

CREATE TRIGGER search_entry_out AFTER DELETE ON search_entry
WHEN (SELECT is_under_way FROM search_wiping) = 0
BEGIN
    INSERT INTO search_text (search_text, rowid, facets, heading, words)
    VALUES ('delete', OLD.id, OLD.facets, OLD.heading, OLD.words);
    DELETE FROM search_word
    WHERE network_id = OLD.network_id AND collection = OLD.collection AND entries = 1
      AND word IN (SELECT key FROM json_each(OLD.roots));
    UPDATE search_word SET entries = entries - 1
    WHERE network_id = OLD.network_id AND collection = OLD.collection
      AND word IN (SELECT key FROM json_each(OLD.roots));
    UPDATE search_wiping SET deleted = deleted + 1;
END;

-- The index must be told the old words before they are gone. OR REPLACE would not tell it, and
-- then it finds things by words that they no longer have.
CREATE TRIGGER search_entry_not_replaced BEFORE INSERT ON search_entry
WHEN EXISTS (
    SELECT 1 FROM search_entry
    WHERE id = NEW.id OR (collection = NEW.collection AND item_id = NEW.item_id)
)
BEGIN
    SELECT RAISE(ABORT, 'take the old entry out of search_entry first');
END;

CREATE TRIGGER search_entry_not_changed BEFORE UPDATE ON search_entry
BEGIN
    SELECT RAISE(ABORT, 'take an entry out of search_entry and put it in anew');
END;
