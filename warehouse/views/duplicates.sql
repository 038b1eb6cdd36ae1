-- duplicates: how articles repeat each other.
-- Grain: one row per article that is not the canonical one of its story. Reads: store.link.
create or replace view duplicates as
select
    article_id,
    canonical_article_id,
    relation,
    containment,
    jaccard,
    reason
from store.link;

comment on view duplicates is 'A link from an article to the one that stands for its story. Nothing is deleted for being a duplicate; copies of the same article are further rows of documents.';
comment on column duplicates.article_id is
'The article that repeats another: joins to articles.';
comment on column duplicates.canonical_article_id is
'The article that stands for the story: joins to articles.';
comment on column duplicates.relation is
'What it is to the canonical one: copy = the same words, publisher unknown; syndication = the same article elsewhere, perhaps trimmed or extended; revision = the same article of the same publisher, corrected or updated.';
comment on column duplicates.containment is
'Share of the shorter text found in the longer, 0 to 1.';
comment on column duplicates.jaccard is
'Shared part of both texts taken together, 0 to 1.';
comment on column duplicates.reason is
'Why the two are the same article, with the figures that decided.';
