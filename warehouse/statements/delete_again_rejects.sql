-- delete_again_rejects: take out the refusals of the documents in `again`.
-- Reads: again.
delete from store.reject
where document_id in (select document_id from again) and status <> 'released'
