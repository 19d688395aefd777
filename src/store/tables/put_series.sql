INSERT INTO series (slug, title, source, lessons, position, paused)
VALUES (:slug, :title, :source, :lessons, :position, :paused)
ON CONFLICT (slug) DO UPDATE SET
    title = :title, source = :source, lessons = :lessons, position = :position, paused = :paused
