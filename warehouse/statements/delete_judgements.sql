-- delete_judgements: take out what was judged before of the same source and day.
-- Reads: judged.
delete from store.source_health
where (source, day) in (select (j.source, j.day) from judged as j)
