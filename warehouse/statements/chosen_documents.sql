-- chosen_documents: every place of the documents that a choice of refusals or held batches names.
-- Grain: one row per (document_id, origin), in the order in which they were met.
-- Reads: store.document, store.reject.
with chosen as (
    select d.document_id
    from store.document as d
    left join store.reject as r
        on
            d.document_id = r.document_id and d.origin = r.origin
            and r.status in (select unnest($statuses))
    where
        d.outcome = $outcome
        and d.archive_file is not null
        and ($outcome = 'held' or r.document_id is not null)
        and ($reason is null or r.reason = $reason)
        and ($source is null or d.source = $source)
        and ($run_id is null or r.run_id = $run_id)
        and ($batch_id is null or d.batch_id = $batch_id)
        and (
            $sought is null
            or d.origin = $sought
            or (length($sought) >= 8 and starts_with(d.document_id, lower($sought)))
        )
)

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
    d.seen_at
from store.document as d
semi join chosen on d.document_id = chosen.document_id
order by d.seen_at asc, d.archive_file asc, d.archive_offset asc, d.origin asc
