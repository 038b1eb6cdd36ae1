-- refusals_of: every refusal of one input, sought by origin or the beginning of its document_id.
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
    r.origin = $sought
    or (length($sought) >= 8 and starts_with(r.document_id, lower($sought)))
order by r.seen_at asc, r.origin asc, r.reason asc
