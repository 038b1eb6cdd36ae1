-- sources_of_run: what one run brought, by source.
-- Grain: one row per source, most documents first; NULL for what has none. Reads: store.
select
    d.source,
    count(*) as documents,
    count(*) filter (where d.outcome = 'loaded') as loaded,
    count(*) filter (where d.outcome = 'duplicate') as duplicate,
    count(*) filter (where d.outcome = 'rejected') as rejected,
    count(*) filter (where d.outcome = 'held') as held,
    count(r.published_at) as dated,
    max(r.published_at) as newest
from store.document as d
inner join store.batch as b on d.batch_id = b.batch_id
left join store.revision as r on d.document_id = r.document_id and d.outcome = 'loaded'
where b.run_id = $run_id
group by d.source
order by documents desc, d.source asc
