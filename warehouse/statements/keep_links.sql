-- keep_links: what is known before everything is judged anew.
create temporary table former_link as
select
    article_id,
    canonical_article_id
from store.link
