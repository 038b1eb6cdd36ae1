-- renumber_links: name the articles in `renumbered`, whose texts have changed, by their new numbers.
-- Reads: renumbered.
update store.link
set canonical_number = renumbered.number
from renumbered
where link.canonical_article_id = renumbered.article_id
