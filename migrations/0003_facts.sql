-- What lasts: facts that never change, the lessons that they name, and what only this file knows.

-- What happened. Rows are added and never changed; docs/journal-format.md says all about them.
CREATE TABLE fact (
    id      BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    clock   INTEGER NOT NULL CHECK (clock > 0), -- orders facts whatever the clocks on the wall said
    change  BLOB    NOT NULL CHECK (length(change) = 16),
    device  BLOB    NOT NULL CHECK (length(device) = 16),
    at      INTEGER NOT NULL, -- milliseconds since 1970 in UTC
    offset  INTEGER NOT NULL, -- seconds east of UTC on the person's clock
    kind    TEXT    NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0), -- of the kind's form
    subject TEXT    NOT NULL, -- a day, a lesson's id, '/' and a series, a change's id, or 'rest'
    parents BLOB    NOT NULL CHECK (length(parents) % 16 = 0), -- ids, one after the other
    origin  TEXT,             -- where an import took it from
    body    TEXT    NOT NULL, -- JSON
    hash    BLOB    NOT NULL CHECK (length(hash) = 32) -- SHA-256 over the rest of the row
) STRICT;
CREATE INDEX fact_subject ON fact (subject, clock);
CREATE INDEX fact_clock ON fact (clock);

-- The texts of lessons. An edited lesson is another row, so a serving shows what it showed then.
CREATE TABLE lesson (
    id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    series        TEXT    NOT NULL,
    number        INTEGER NOT NULL CHECK (number > 0), -- its place when it was added
    series_length INTEGER NOT NULL CHECK (series_length >= number),
    title         TEXT    NOT NULL,
    story         TEXT    NOT NULL,
    takeaway      TEXT    NOT NULL,
    question      TEXT    NOT NULL,
    tags          TEXT    NOT NULL, -- JSON, a list of words
    source        TEXT    NOT NULL -- JSON, an object
) STRICT;

-- What belongs to this file alone and goes into no other journal.
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value ANY  NOT NULL
) STRICT;
