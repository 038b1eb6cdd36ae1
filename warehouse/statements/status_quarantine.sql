-- status_quarantine: refusals by what has become of them, and documents in held batches.
-- Grain: one row. Reads: rejects, documents.
select
    count(*) filter (where r.status = 'open') as open,
    count(*) filter (where r.status = 'waived') as waived,
    count(*) filter (where r.status = 'released') as released,
    (
        select count(*)
        from documents as d
        where d.outcome = 'held'
    ) as held
from rejects as r
