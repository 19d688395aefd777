SELECT fact.id, fact.change, fact.device, fact.clock, fact.at, fact.offset, fact.version, fact.parents,
       fact.origin, fact.kind, fact.subject, fact.body, fact.hash, undone.fact IS NOT NULL AS undone
FROM fact
LEFT JOIN undone ON undone.fact = fact.id
WHERE fact.subject = :subject
ORDER BY fact.clock, fact.id
