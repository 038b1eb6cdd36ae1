-- refusals: refused inputs, latest first. $sought: an origin, or begins a document_id.
-- Grain: one row per refusal. Reads: store.reject, store.document.
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
    r.seen_at,
    d.archive_file,
    d.archive_offset
from store.reject as r
left join store.document as d on r.document_id = d.document_id and r.origin = d.origin
where
    ($run_id is null or r.run_id = $run_id)
    and ($reason is null or r.reason = $reason)
    and ($source is null or d.source = $source)
    and ($status is null or r.status = $status)
    and (
        $sought is null
        or r.origin = $sought
        or (length($sought) >= 8 and starts_with(r.document_id, lower($sought)))
    )
order by r.seen_at desc, r.origin asc, r.reason asc
limit $inputs
