SELECT fact.*, taken_back.fact IS NOT NULL AS taken_back
FROM fact
LEFT JOIN taken_back ON taken_back.fact = fact.id
WHERE fact.subject = :subject
ORDER BY fact.number, fact.id
