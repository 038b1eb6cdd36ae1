-- What decides between articles where nothing else does: 16 bits of the id, which hangs on what an
-- article says. Until now the one that came first was taken, so that two orders could differ.
alter table store.fingerprint add column lot smallint;

update store.fingerprint
set lot = cast(cast('0x' || left(article_id, 4) as integer) - 32768 as smallint);
