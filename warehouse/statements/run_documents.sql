-- run_documents: the inputs of one run for people: what each is and what became of it.
-- Grain: one row per input, in the order of the run. Reads: store.
with input as (
    select
        d.outcome,
        d.origin,
        coalesce(r.title, a.title) as title,
        r.published_at,
        r.published_precision,
        r.publisher,
        j.reason,
        j.detail,
        b.loaded_at,
        d.rowid as place
    from store.document as d
    inner join store.batch as b on d.batch_id = b.batch_id
    left join store.revision as r on d.document_id = r.document_id and d.outcome = 'loaded'
    left join store.revision as a on d.article_id = a.article_id and a.is_current
    left join store.reject as j on d.document_id = j.document_id and d.origin = j.origin
    where b.run_id = $run_id
    union all
    select
        'rejected' as outcome,
        j.origin,
        null as title,
        null as published_at,
        null as published_precision,
        null as publisher,
        j.reason,
        j.detail,
        b.loaded_at,
        j.rowid as place
    from store.reject as j
    inner join store.batch as b on j.batch_id = b.batch_id
    where b.run_id = $run_id and j.document_id is null
)

select
    outcome,
    origin,
    title,
    published_at,
    published_precision,
    publisher,
    reason,
    detail
from input
order by loaded_at asc, origin asc, place asc
limit $most
