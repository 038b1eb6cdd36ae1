-- mark_replayed: the versions that a replay wrote, and no page brought.
-- Reads: store.revision.
update store.revision
set cause = 'replay'
where batch_id = $batch_id
