-- waive: leave the open refusals of a choice out for good.
-- Grain: one row per refusal. Reads: store.document, store.reject.
update store.reject as r
set status = 'waived'
where
    r.status = 'open'
    and ($reason is null or r.reason = $reason)
    and ($run_id is null or r.run_id = $run_id)
    and (
        $source is null
        or r.document_id in (
            select d.document_id
            from store.document as d
            where d.source = $source
        )
    )
    and (
        $sought is null
        or r.origin = $sought
        or (length($sought) >= 8 and starts_with(r.document_id, lower($sought)))
    )
