INSERT INTO fact (id, number, change, device, at, offset, kind, subject, parents, body, hash)
VALUES (:id, :number, :change, :device, :at, :offset, :kind, :subject, :parents, :body, :hash)
