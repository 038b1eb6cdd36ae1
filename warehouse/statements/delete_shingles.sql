-- delete_shingles: take away what was kept of texts that have changed.
-- Reads: old.
delete from store.shingle
where number in (select number from old)
