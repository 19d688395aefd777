INSERT OR IGNORE INTO lesson (id, series, number, "of", title, story, takeaway, question, tags, source)
VALUES (:id, :series, :number, :of, :title, :story, :takeaway, :question, :tags, :source)
