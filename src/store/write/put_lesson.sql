INSERT INTO lesson (id, series, number, "of", title, story, takeaway, question, tags, source)
VALUES (:id, :series, :number, :of, :title, :story, :takeaway, :question, :tags, :source)
ON CONFLICT (id) DO UPDATE SET tags = :tags, source = :source
