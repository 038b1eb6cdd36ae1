-- update_line_roles: the roles that today's code gives to the lines of documents read again.
-- Reads: documents.
update store.document as d
set line_roles = n.line_roles
from documents as n
where d.document_id = n.document_id and d.line_roles is not null
