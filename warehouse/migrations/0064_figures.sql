-- What texts are compared by holds their figures too. Files of the former kind hold none:
-- `maintain` reads the stored texts anew. Files that no row names are deleted by the next load.
-- Links lose their numbers, as those are given anew.
delete from store.shingle;
delete from store.fingerprint;
delete from store.key_file;
update store.link set number = null, canonical_number = null;
