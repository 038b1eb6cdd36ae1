-- Which files beside the warehouse keep the shingles of which articles, sorted.
-- They are made from the tables, named after what is in them, and may be lost.

-- One row per file: `first` and `last` are the numbers of the articles in it.
create table store.key_file (
    kind varchar,
    first integer,
    last integer,
    file varchar
);

-- Shingles are counted over letters instead of bytes now, and fewer bits of them are kept:
-- `maintain` reads those of the stored texts anew.
delete from store.shingle;
delete from store.fingerprint;
