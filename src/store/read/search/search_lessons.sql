-- The lessons that hold the words, each with the entry of the day on which it was last served. A lesson
-- that has left the shelf is shown if the person has met it.
SELECT search.rowid AS id, {score} AS score, entry.day AS day
FROM search
LEFT JOIN entry ON entry.id = (
    SELECT served.id FROM entry AS served WHERE served.lesson = search.lesson
    ORDER BY served.day DESC LIMIT 1)
LEFT JOIN lesson_state ON lesson_state.lesson = search.lesson
WHERE {match}
  AND search.rowid > :low AND search.rowid < :high
  AND (entry.id IS NOT NULL OR lesson_state.lesson IS NOT NULL)
  AND {without}
  AND (:signs IS NULL OR NOT EXISTS (
      SELECT 1 FROM json_each(:signs) AS sign
      WHERE instr(search.title || char(10) || search.body, sign.value) = 0))
  AND (:without_signs IS NULL OR NOT EXISTS (
      SELECT 1 FROM json_each(:without_signs) AS sign
      WHERE instr(search.title || char(10) || search.body, sign.value) > 0))
  AND {filter}
ORDER BY search.rowid {order}
LIMIT :limit
