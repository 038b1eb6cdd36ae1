-- What it takes to find the articles that share words with a new one.
-- No key, no index: rows lie in the order of loading, which in news is nearly that of the days.

-- One row per article, of its current text: what ranks it, by a number that is short to repeat.
create table store.fingerprint (
    number integer,
    article_id varchar,
    published_at timestamp,
    words bigint,
    publisher varchar,
    keys integer
);

-- One row per (article, kept shingle): by whom and in which hour since 1970 a run of words was
-- used. The first and last use of each are read off these rows, so none is kept.
create table store.shingle (
    key ubigint,
    number integer,
    hour integer
);

-- One row per change that a later judgement made to what was known of an article.
create table store.rejudgement (
    article_id varchar,
    was_canonical_article_id varchar,
    canonical_article_id varchar,
    reason varchar,
    judged_at timestamp
);

alter table store.link add column reason varchar;
