-- status_sizes: how much there is, and how new it is.
-- Grain: one row. Reads: articles, stories, documents. Dates that lie ahead say nothing.
select
    (select count(*) from articles) as articles,
    (select count(*) from stories) as stories,
    (select count(*) from documents) as documents,
    (
        select strftime(max(a.published_at), '%Y-%m-%d %H:%M')
        from articles as a
        where a.published_at <= now()::timestamp
    ) as newest
