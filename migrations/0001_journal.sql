-- The journal as it began: facts that never change, lessons, and what the facts add up to.

-- What happened. Rows are added and never changed. `number` orders facts whatever the clocks said.
CREATE TABLE fact (
    id      BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    number  INTEGER NOT NULL CHECK (number > 0),
    change  BLOB    NOT NULL CHECK (length(change) = 16),
    device  BLOB    NOT NULL CHECK (length(device) = 16),
    at      INTEGER NOT NULL, -- milliseconds since 1970 in UTC
    offset  INTEGER NOT NULL, -- seconds east of UTC on the person's clock
    kind    TEXT    NOT NULL,
    subject TEXT    NOT NULL, -- a day, a lesson's id, '/' and a series, or a change's id
    parents BLOB    NOT NULL CHECK (length(parents) % 16 = 0), -- ids, one after the other
    body    TEXT    NOT NULL, -- JSON
    hash    BLOB    NOT NULL CHECK (length(hash) = 32) -- SHA-256 over the rest of the row
) STRICT;
CREATE INDEX fact_subject ON fact (subject, number);
CREATE INDEX fact_number ON fact (number);

-- The texts of lessons. An edited lesson is another row, so a serving shows what it showed then.
CREATE TABLE lesson (
    id       BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    series   TEXT    NOT NULL,
    number   INTEGER NOT NULL CHECK (number > 0), -- its place when it was added
    "of"     INTEGER NOT NULL CHECK ("of" >= number),
    title    TEXT    NOT NULL,
    story    TEXT    NOT NULL,
    takeaway TEXT    NOT NULL,
    question TEXT    NOT NULL,
    tags     TEXT    NOT NULL, -- JSON, a list of words
    source   TEXT    NOT NULL -- JSON, an object
) STRICT;

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

-- From here on, every table says what the facts add up to, and could be made from them again.

CREATE TABLE taken_back (
    fact BLOB NOT NULL PRIMARY KEY REFERENCES fact
) STRICT, WITHOUT ROWID;

CREATE TABLE series (
    slug     TEXT    NOT NULL PRIMARY KEY,
    title    TEXT    NOT NULL,
    source   TEXT    NOT NULL, -- JSON, an object
    lessons  INTEGER NOT NULL,
    position INTEGER NOT NULL, -- the shelf's order
    paused   INTEGER NOT NULL CHECK (paused IN (0, 1))
) STRICT;

CREATE TABLE shelf (
    lesson       BLOB    NOT NULL PRIMARY KEY REFERENCES lesson,
    series       TEXT    NOT NULL REFERENCES series,
    number       INTEGER NOT NULL,
    first_served TEXT, -- days
    last_served  TEXT,
    loved        INTEGER NOT NULL DEFAULT 0 CHECK (loved IN (0, 1)),
    retired      INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
    due          TEXT -- the day from which on it is asked back
) STRICT;
CREATE INDEX shelf_place ON shelf (series, number);
CREATE INDEX shelf_served ON shelf (series, first_served) WHERE first_served IS NOT NULL;
CREATE INDEX shelf_due ON shelf (due) WHERE due IS NOT NULL;

CREATE TABLE entry (
    id             INTEGER PRIMARY KEY,
    day            TEXT NOT NULL UNIQUE CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    lesson         BLOB REFERENCES lesson, -- null on a day without a serving
    served_at      INTEGER,
    served_offset  INTEGER,
    text           TEXT, -- the reflection, null while there is none
    written_at     INTEGER,
    written_offset INTEGER,
    revised_at     INTEGER,
    revised_offset INTEGER,
    revisions      INTEGER,
    late           INTEGER CHECK (late IN (0, 1)),
    step           TEXT,
    step_state     TEXT CHECK (step_state IN ('open', 'done', 'partly', 'dropped')),
    step_closed_on TEXT,
    asked_on       TEXT, -- the latest day on which the step was asked about and left
    afterthoughts  TEXT -- JSON, a list of objects, null while there is none
) STRICT;
CREATE INDEX entry_lesson ON entry (lesson, day) WHERE lesson IS NOT NULL;
CREATE INDEX entry_written ON entry (day) WHERE text IS NOT NULL;
CREATE INDEX entry_open_step ON entry (day) WHERE step_state = 'open';
