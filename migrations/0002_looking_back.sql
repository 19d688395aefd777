-- Looking back: what a search finds, how many words a day has, when an entry was last looked at.

ALTER TABLE entry ADD COLUMN words INTEGER; -- of the reflection, by Unicode's word boundaries
ALTER TABLE entry ADD COLUMN looked_on TEXT; -- the latest day on which a review picked it

-- Days and words are counted, and old entries picked, from this index alone, without the texts.
DROP INDEX entry_written;
CREATE INDEX entry_written ON entry (day, words, looked_on) WHERE text IS NOT NULL;

-- What a search finds. An entry has its own id; lessons count downwards from -1. The words are
-- those of the other tables, with a mark between letters of scripts that have no spaces.
CREATE VIRTUAL TABLE search USING fts5 (
    title, body, lesson UNINDEXED, tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
