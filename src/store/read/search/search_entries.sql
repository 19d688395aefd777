-- The places of entries. CROSS JOIN makes SQLite read the tables in this order: the index first.
SELECT {id} AS id, {score} AS score, entry.day AS day
FROM {from}
WHERE {match} AND {range}
  AND (entry.text IS NOT NULL OR entry.step IS NOT NULL OR entry.afterthoughts IS NOT NULL)
  AND {without}
  AND {filter}
ORDER BY {order}
LIMIT :limit
