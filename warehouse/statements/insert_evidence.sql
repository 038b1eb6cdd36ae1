-- insert_evidence: the candidates of every document that the batch decides, copies included.
-- Grain: one row per candidate. Reads: evidence.
insert into store.evidence by name
select
    document_id,
    field,
    value,
    chosen,
    stated,
    rule,
    block,
    confidence,
    $batch_id as batch_id
from evidence
