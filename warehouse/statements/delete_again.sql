-- delete_again: take the documents in `again` out, before they come in again.
-- Reads: again.
delete from store.document
where document_id in (select document_id from again)
