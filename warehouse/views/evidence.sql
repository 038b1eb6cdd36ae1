-- evidence: what was found for each field, chosen or not.
-- Grain: one row per candidate. Reads: store.evidence.
create or replace view evidence as
select
    document_id,
    field,
    value,
    chosen,
    stated,
    rule,
    block,
    confidence
from store.evidence;

comment on view evidence is 'A candidate value of a field of a document, with what gave it. Shows why a field reads as it does, and why one is NULL.';
comment on column evidence.document_id is
'The document it was read off: joins to documents.';
comment on column evidence.field is
'Column of articles it is a candidate for.';
comment on column evidence.value is
'The value as text: times in ISO 8601 UTC, lists joined with |.';
comment on column evidence.chosen is
'True for the one that articles shows.';
comment on column evidence.stated is
'True when the page says it; false when it was inferred, and so never stored as a fact.';
comment on column evidence.rule is
'Name of the rule that found it.';
comment on column evidence.block is
'0-based block of the page it stands in; NULL for metadata or the address.';
comment on column evidence.confidence is
'From 0 to 1, for choosing among candidates.';
