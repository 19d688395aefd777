SELECT entry.day, entry.words, lesson.series, coalesce(shelf.number, lesson.number) AS number
FROM entry
LEFT JOIN lesson ON lesson.id = entry.lesson
LEFT JOIN shelf ON shelf.lesson = lesson.id
WHERE entry.day BETWEEN :first AND :last
ORDER BY entry.day
