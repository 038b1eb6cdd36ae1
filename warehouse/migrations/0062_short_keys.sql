-- The first 64 bits of two hashes, by which a batch asks what is known: a join over numbers reads a
-- tenth of one over 64 letters.
alter table store.document add column document_key ubigint;

update store.document
set document_key = cast('0x' || left(document_id, 16) as ubigint);

alter table store.revision add column content_key ubigint;

update store.revision
set content_key = cast('0x' || left(content_hash, 16) as ubigint);
