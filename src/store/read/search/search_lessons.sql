-- The places of lessons, each with the day on which it was last served. A lesson that left the shelf is
-- found only if it was served. Its row in the index has the number of its own row, below zero.
SELECT {id} AS id, {score} AS score, entry.day AS day
FROM {from}
LEFT JOIN entry ON entry.id = (
    SELECT served.id FROM entry AS served WHERE served.lesson = lesson.id
    ORDER BY served.day DESC LIMIT 1)
LEFT JOIN edition ON edition.lesson = lesson.id
LEFT JOIN lesson_state ON lesson_state.row = coalesce(edition.shelved, lesson.rowid)
LEFT JOIN series ON series.slug = lesson_state.series
WHERE {match} AND {range}
  AND (entry.id IS NOT NULL OR (series.slug IS NOT NULL AND lesson_state.row = lesson.rowid))
  AND {without}
  AND {filter}
ORDER BY {order}
LIMIT :limit
