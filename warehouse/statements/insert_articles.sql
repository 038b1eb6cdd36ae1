-- insert_articles: each version that the batch brings of an article, known or new.
-- Grain: one row per version. Reads: articles, documents, store.revision.
insert into store.revision by name
with loaded as (
    select
        a.*,
        d.seen_at,
        d.place
    from articles as a
    inner join documents as d on a.document_id = d.document_id
    where d.outcome = 'loaded'
),

following as (
    select article_id
    from loaded
    where changed_ratio is not null
),

former as (
    select
        r.article_id,
        max(r.revision) as revision,
        min(r.first_seen_at) as first_seen_at
    from store.revision as r
    semi join following on r.article_id = following.article_id
    group by r.article_id
)

select
    a.article_id,
    a.article_id as story_id,
    a.content_hash,
    cast('0x' || left(a.content_hash, 16) as ubigint) as content_key,
    a.document_id,
    a.title,
    a.body,
    a.authors,
    a.publisher,
    a.publisher_domain,
    a.section,
    a.language,
    a.published_at,
    a.published_precision,
    a.modified_at,
    a.url,
    a.canonical_url,
    a.source,
    a.agency,
    a.dateline,
    a.word_count,
    a.flags,
    a.page_chars,
    a.extractor_version,
    a.changed_ratio,
    a.seen_at,
    coalesce(f.first_seen_at, min(a.seen_at) over (partition by a.article_id)) as first_seen_at,
    coalesce(f.revision, 0)
    + row_number() over (partition by a.article_id order by a.place asc) as revision,
    coalesce(a.is_late, false) as is_late,
    coalesce(
        a.place = max(case when a.is_late then null else a.place end)
            over (partition by a.article_id),
        false
    ) as is_current,
    coalesce(a.publisher_domain, '') as site,
    $batch_id as batch_id
from loaded as a
left join former as f on a.article_id = f.article_id
