-- templates: lines that the pages of a source repeat, and which runs left them out.
-- Grain: one row per line that was learned. Reads: store.template_line.
create or replace view templates as
select
    source,
    line,
    stories,
    of_stories,
    since,
    until,
    until is null as is_used
from store.template_line;

comment on view templates is 'A line that the pages of a source repeat from story to story, learned from its stories and left out of bodies while it is used. One row each time it was learned.';
comment on column templates.source is
'Id of the configured source, or the registered domain of the pages.';
comment on column templates.line is
'The line as one story prints it; case, quotation marks and numbers may differ in others.';
comment on column templates.stories is
'Stories that held it when it was learned.';
comment on column templates.of_stories is
'Stories that were looked at then.';
comment on column templates.since is
'First version of the templates that uses it: runs.versions names the version of a run.';
comment on column templates.until is
'First version that no longer uses it; NULL while it is used.';
comment on column templates.is_used is
'True while runs leave it out of bodies.';
