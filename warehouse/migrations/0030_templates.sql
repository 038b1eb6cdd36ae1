-- What the pages of a source repeat, kept so that every run can name what it knew.
-- Nothing is overwritten: a line is used by the versions from `since` until before `until`.

-- One row per line that was learned of a source; learned again after it was forgotten, a new row.
create table store.template_line (
    source varchar,
    line_key varchar,
    line varchar,
    stories bigint,
    of_stories bigint,
    since bigint,
    until bigint
);

-- One row per version of the knowledge of all sources together, numbered from 1.
create table store.template_version (
    version bigint,
    cause varchar,
    source varchar,
    made_at timestamp
);

-- One row per look at the stories of a source, whether it taught anything or not.
create table store.template_survey (
    source varchar,
    stories bigint,
    surveyed_at timestamp
);
