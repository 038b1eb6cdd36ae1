-- delete_again_evidence: take out what was found on the documents in `again`.
-- Reads: again.
delete from store.evidence
where document_id in (select document_id from again)
