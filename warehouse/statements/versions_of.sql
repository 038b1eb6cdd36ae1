-- versions_of: every version of one article, first to last.
-- Grain: one row per revision. Reads: revisions.
select
    r.revision,
    r.title,
    r.body,
    r.valid_from,
    r.changed_ratio
from revisions as r
where r.article_id = lower($sought)
order by r.revision asc
