-- dossier_evidence: the candidates of one document, the chosen one of each field first.
-- Grain: one row per candidate. Reads: evidence.
select
    e.document_id,
    e.field,
    e.value,
    e.chosen,
    e.stated,
    e.rule,
    e.block,
    e.confidence
from evidence as e
where e.document_id = $document_id
order by e.field asc, e.chosen desc, e.confidence desc, e.rule asc, e.value asc
