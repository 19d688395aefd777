SELECT entry.day, entry.words, lesson.series, coalesce(lesson_state.number, lesson.number) AS number,
    lesson.title
FROM entry
LEFT JOIN lesson ON lesson.id = entry.lesson
LEFT JOIN edition ON edition.lesson = entry.lesson
LEFT JOIN lesson_state ON lesson_state.row = coalesce(edition.shelved, lesson.rowid)
WHERE entry.day BETWEEN :first AND :last
ORDER BY entry.day
