SELECT fact.*, undone.fact IS NOT NULL AS undone
FROM fact
LEFT JOIN undone ON undone.fact = fact.id
WHERE fact.subject = :subject
ORDER BY fact.clock, fact.id
