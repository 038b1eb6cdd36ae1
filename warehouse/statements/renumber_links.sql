-- renumber_links: name the articles in `renumbered`, whose texts have changed, by their new numbers,
-- where they repeat others and where others repeat them.
-- Reads: renumbered.
update store.link
set number = renumbered.number
from renumbered
where link.article_id = renumbered.article_id;

update store.link
set canonical_number = renumbered.number
from renumbered
where link.canonical_article_id = renumbered.article_id
