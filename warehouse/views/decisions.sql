-- decisions: who let what through, or left it out.
-- Grain: one row per decision. Reads: store.decision.
create or replace view decisions as
select
    decided_at,
    decided_by,
    decision,
    subject,
    documents,
    loaded,
    because,
    run_id
from store.decision;

comment on view decisions is 'A decision of a person about refused documents or a held batch. What it changed stands in rereads.';
comment on column decisions.decided_at is
'When, UTC.';
comment on column decisions.decided_by is
'Who, as given or as the machine knows the user.';
comment on column decisions.decision is
'release, waive, replay, release batch or refuse batch.';
comment on column decisions.subject is
'What it was about: an input, a reason, a source, a run, a batch.';
comment on column decisions.documents is
'How many refusals or documents it was about.';
comment on column decisions.loaded is
'How many of them are articles since.';
comment on column decisions.because is
'Why, in the words of the person.';
comment on column decisions.run_id is
'The run that carried it out: joins to runs.';
