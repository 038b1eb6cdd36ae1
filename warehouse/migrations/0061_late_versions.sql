-- A page that says it is older than the version at hand, and comes after it, is never the current one.
alter table store.revision add column is_late boolean;
