-- delete_fingerprints: take away what was kept of texts that have changed.
-- Reads: old.
delete from store.fingerprint
where number in (select number from old)
