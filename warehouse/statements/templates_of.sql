-- templates_of: every line that was learned of a source, those in use first.
-- Grain: one row each time a line was learned. Reads: templates.
select
    line,
    stories,
    of_stories,
    since,
    until
from templates
where source = $source
order by is_used desc, stories desc, line asc
