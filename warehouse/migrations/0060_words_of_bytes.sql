-- Shingles are counted over words of bytes now. Those of the former kind meet none of them:
-- `maintain` reads the stored texts anew. Files that no row names are deleted by the next load.
delete from store.shingle;
delete from store.fingerprint;
delete from store.key_file;
