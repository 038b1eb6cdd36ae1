-- delete_links: forget whom the judged articles repeated.
-- Reads: judged.
delete from store.link
where article_id in (select article_id from judged)
