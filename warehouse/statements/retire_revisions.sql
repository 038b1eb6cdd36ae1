-- retire_revisions: the versions that a later one of the batch follows are current no more. Only
-- what has a changed_ratio follows one, and without it this reads nothing of the store.
-- Reads: articles, documents.
update store.revision
set is_current = false
where
    is_current
    and article_id in (
        select a.article_id
        from articles as a
        inner join documents as d on a.document_id = d.document_id
        where
            d.outcome = 'loaded'
            and a.changed_ratio is not null
            and a.is_late is distinct from true
    )
