-- replay_documents: what a replay reads next: the documents behind current versions, and refused
-- ones that are open. Copies are left: what they repeat is read.
-- Grain: one row per document_id, in the order of the archive. Reads: store.document,
-- store.revision, store.reject.
with standing as (
    select
        document_id,
        min(article_id) as article_id
    from store.revision
    where is_current
    group by document_id
),

refused as (
    select
        document_id,
        min(reason) as reason
    from store.reject
    where status = 'open' and document_id is not null
    group by document_id
),

first_place as (
    select
        d.document_id,
        d.origin,
        d.member,
        d.line,
        d.source,
        d.media_type,
        d.bytes,
        d.url,
        d.archive_file,
        d.archive_offset,
        d.seen_at,
        d.batch_id,
        d.outcome,
        d.archive_file || ' ' || lpad(d.archive_offset::varchar, 14, '0') as place
    from store.document as d
    where
        d.archive_file is not null
        and d.outcome in ('loaded', 'rejected')
        and ($source is null or d.source = $source)
        and ($from_day is null or d.seen_at::date >= $from_day)
        and ($to_day is null or d.seen_at::date <= $to_day)
    qualify row_number() over (
        partition by d.document_id
        order by d.seen_at asc, d.origin asc
    ) = 1
)

select
    p.document_id,
    p.origin,
    p.member,
    p.line,
    p.source,
    p.media_type,
    p.bytes,
    p.url,
    p.archive_file,
    p.archive_offset,
    p.seen_at,
    s.article_id,
    r.reason,
    p.place
from first_place as p
left join standing as s on p.document_id = s.document_id and p.outcome = 'loaded'
left join refused as r on p.document_id = r.document_id and p.outcome = 'rejected'
where
    p.place > $last_place
    and (r.reason is not null or (s.article_id is not null and $reason is null))
    and ($reason is null or r.reason = $reason)
order by p.place asc
limit $inputs
