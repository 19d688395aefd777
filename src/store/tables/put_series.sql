INSERT INTO series (slug, title, source, introduction, lessons, position, paused)
VALUES (:slug, :title, :source, :introduction, :lessons, :position, :paused)
ON CONFLICT (slug) DO UPDATE SET
    title = :title, source = :source, introduction = :introduction, lessons = :lessons,
    position = :position, paused = :paused
