INSERT INTO lesson (id, series, number, series_length, title, story, takeaway, question, tags, source)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (id) DO NOTHING
