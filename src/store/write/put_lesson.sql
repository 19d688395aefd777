INSERT INTO lesson (id, series, number, series_length, title, story, takeaway, question, tags, source)
VALUES (:id, :series, :number, :series_length, :title, :story, :takeaway, :question, :tags, :source)
ON CONFLICT (id) DO UPDATE SET tags = :tags, source = :source
