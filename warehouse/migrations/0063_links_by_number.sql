-- Whom an article repeats is asked by numbers, as its words are: a join over ids reads every one.
-- Null where no shingles are kept of an article, until `maintain` has judged it.
-- Both columns come first: DuckDB alters no table again that the transaction has written to.
alter table store.link add column number integer;

alter table store.link add column canonical_number integer;

update store.link
set number = fingerprint.number
from store.fingerprint
where fingerprint.article_id = link.article_id;

update store.link
set canonical_number = fingerprint.number
from store.fingerprint
where fingerprint.article_id = link.canonical_article_id;
