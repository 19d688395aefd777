-- The entries that hold the words, the latest written first. The order of the tables is the order in
-- which they are read: the index first.
SELECT search.rowid AS id, {score} AS score, entry.day AS day
FROM search
CROSS JOIN entry ON entry.id = search.rowid
WHERE {match}
  AND search.rowid > :low AND search.rowid < :high
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
