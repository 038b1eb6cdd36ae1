-- key_files: the files beside the warehouse that count.
-- Grain: one row per file. Reads: store.key_file.
select
    kind,
    first,
    last,
    file
from store.key_file
order by first asc, kind asc
