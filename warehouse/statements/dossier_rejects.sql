-- dossier_rejects: every refusal of one document.
-- Grain: one row per refusal. Reads: rejects.
select
    r.document_id,
    r.origin,
    r.member,
    r.line,
    r.byte,
    r.stage,
    r.reason,
    r.rule,
    r.detail,
    r.status,
    r.run_id,
    r.seen_at
from rejects as r
where r.document_id = $document_id
order by r.seen_at asc, r.origin asc, r.reason asc
