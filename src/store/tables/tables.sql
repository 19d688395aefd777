-- The tables that are derived from the facts. After any change here, raise VERSION in mod.rs: the
-- tables are then rebuilt from the facts at the next opening.

-- The facts that were undone.
CREATE TABLE undone (
    fact BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE series (
    slug     TEXT    NOT NULL UNIQUE,
    title    TEXT    NOT NULL,
    source   TEXT    NOT NULL, -- JSON, an object
    introduction TEXT,
    lessons  INTEGER NOT NULL, -- how many
    position INTEGER NOT NULL, -- the order on the shelf, ascending
    paused   INTEGER NOT NULL CHECK (paused IN (0, 1)),
    PRIMARY KEY (position, slug)
) STRICT, WITHOUT ROWID;

-- The lessons on the shelf, one row each.
CREATE TABLE lesson_state (
    lesson       BLOB    NOT NULL,
    row          INTEGER NOT NULL PRIMARY KEY, -- that of the lesson in the table lesson
    series       TEXT    NOT NULL,
    number       INTEGER NOT NULL,
    first_served TEXT, -- days
    last_served  TEXT,
    loved        INTEGER NOT NULL DEFAULT 0 CHECK (loved IN (0, 1)),
    retired      INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
    due          TEXT, -- the day from which it is to come again
    tags         TEXT, -- JSON, null where those of its row hold
    source       TEXT  -- JSON, null where that of its row holds
) STRICT;
CREATE INDEX lesson_state_place ON lesson_state (series, number);
CREATE INDEX lesson_state_served ON lesson_state (series, first_served) WHERE first_served IS NOT NULL;
CREATE INDEX lesson_state_due ON lesson_state (due) WHERE due IS NOT NULL;

-- Earlier editions of lessons on the shelf. An entry goes on showing the edition that was served.
CREATE TABLE edition (
    lesson  BLOB NOT NULL PRIMARY KEY,
    series  TEXT NOT NULL,
    shelved INTEGER NOT NULL -- the row of the lesson that took its place
) STRICT, WITHOUT ROWID;
CREATE INDEX edition_shelved ON edition (shelved);

CREATE TABLE entry (
    id             INTEGER PRIMARY KEY,
    day            TEXT NOT NULL UNIQUE CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    lesson         BLOB, -- null on a day without a serving
    served_at      INTEGER,
    served_offset  INTEGER,
    text           TEXT, -- the reflection, null while there is none
    words          INTEGER, -- how many it has, by Unicode's word boundaries
    written_at     INTEGER,
    written_offset INTEGER,
    revised_at     INTEGER,
    revised_offset INTEGER,
    revisions      INTEGER,
    late           INTEGER CHECK (late IN (0, 1)),
    step           TEXT,
    step_when      TEXT,
    step_state     TEXT CHECK (step_state IN ('open', 'done', 'partly', 'dropped')),
    step_closed_on TEXT,
    step_outcome   TEXT,
    asked_on       TEXT, -- the latest day on which this device asked about the step
    looked_on      TEXT, -- the latest day on which a review of this device picked the entry
    afterthoughts  TEXT, -- JSON, a list of objects, null while there is none
    quiet          INTEGER NOT NULL DEFAULT 0 CHECK (quiet IN (0, 1)) -- comes back only if asked for
) STRICT;
CREATE INDEX entry_lesson ON entry (lesson, day) WHERE lesson IS NOT NULL;
-- Counting days and words and picking old entries read this index only, and no texts.
CREATE INDEX entry_written ON entry (day, words, looked_on, quiet) WHERE text IS NOT NULL;
CREATE INDEX entry_open_step ON entry (day) WHERE step_state = 'open';

-- The search index: words only, folded and separated by spaces, without the texts. The row of an
-- entry has the entry's id; the row of a lesson has the number of its own row, below zero.
CREATE VIRTUAL TABLE search USING fts5 (title, body, content = '', tokenize = "ascii");
