-- insert_judgements: what was made of each source on a day.
-- Grain: one row per (source, day). Reads: judged.
insert into store.source_health by name
select
    source,
    day,
    state,
    kind,
    cause,
    detail,
    expected_low,
    expected_high,
    pace,
    judged_at
from judged
