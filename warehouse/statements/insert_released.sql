-- insert_released: the former refusals of documents that have passed now, kept as released.
-- Grain: one row per former refusal. Reads: former_reject, store.document.
insert into store.reject by name
select
    f.document_id,
    f.origin,
    f.member,
    f.line,
    f.byte,
    f.stage,
    f.reason,
    f.rule,
    f.detail,
    'released' as status,
    f.seen_at,
    f.run_id,
    f.batch_id
from former_reject as f
inner join store.document as d on f.document_id = d.document_id and f.origin = d.origin
where d.outcome <> 'rejected'
