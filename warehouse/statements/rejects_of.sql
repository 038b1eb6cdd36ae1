-- rejects_of: the first refusal of each document in `sighted`, to be told of its other places too.
-- Grain: one row per document_id. Reads: store.reject.
select
    r.document_id,
    r.byte,
    r.stage,
    r.reason,
    r.rule,
    r.detail
from store.reject as r
semi join sighted on r.document_id = sighted.document_id
qualify row_number() over (
    partition by r.document_id
    order by r.seen_at asc, r.origin asc, r.reason asc
) = 1
