-- known_refusals: which of the inputs without bytes in `refusal` are in the quarantine already.
-- Grain: one row per row of refusal, in its order. Reads: store.reject.
with stored as (
    select distinct
        origin,
        reason,
        member,
        line
    from store.reject
    where document_id is null
)

select s.origin is not null as is_known
from refusal as r
left join stored as s
    on
        r.origin = s.origin
        and r.reason = s.reason
        and r.member is not distinct from s.member
        and r.line is not distinct from s.line
order by r.place
