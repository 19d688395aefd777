INSERT INTO fact (id, clock, change, device, at, offset, kind, version, subject, parents, origin,
                  body, hash)
VALUES (:id, :clock, :change, :device, :at, :offset, :kind, :version, :subject, :parents, :origin,
        :body, :hash)
