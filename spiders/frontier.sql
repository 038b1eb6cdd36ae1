-- frontier: what a crawl knows about every address, and what became of each fetch.
-- One file, one writer. Instants are whole seconds of the Unix epoch unless a column says else.
create table if not exists frontier (
    frontier_id text not null
);

insert into frontier
select lower(hex(randomblob(8)))
where not exists (select 1 from frontier);

create table if not exists source (
    source_id integer primary key,
    name text not null unique
);

-- Grain: a source of the crawl under way, with what it may wake.
create temporary table if not exists crawled (
    source_id integer primary key,
    since integer not null,
    most integer not null
);

create table if not exists host (
    host_id integer primary key,
    origin text not null unique,
    paused_until integer
);

-- Grain: an address. `url_id` is the first 63 bits of the sha256 of the canonical address, so
-- that no second index is needed to find one (docs/adr/0081-frontier.md).
create table if not exists url (
    url_id integer primary key,
    host_id integer not null,
    path text not null,
    source_id integer not null,
    kind integer not null,
    state integer not null,
    rank integer not null,
    how integer not null,
    depth integer not null default 0,
    tries integer not null default 0,
    not_before integer
);

create index if not exists url_waiting on url (host_id, rank desc) where state = 0;

-- Grain: an address that was visited, with what the last visit said.
create table if not exists visited (
    url_id integer primary key,
    at integer not null,
    status integer,
    outcome text not null,
    detail text,
    etag text,
    modified text,
    body_hash blob,
    text_hash blob,
    changed_at integer,
    revisit_every integer,
    next_visit integer,
    final_url text
);

create index if not exists visited_due on visited (next_visit) where next_visit is not null;

-- Grain: a sitemap, with the packed ids of what it listed: what vanishes from it is looked at.
create table if not exists listing (
    url_id integer primary key,
    members blob not null
);

-- Grain: a segment whose pages are done. Its file is whole on the disk before the row exists.
create table if not exists segment (
    name text primary key,
    pages integer not null,
    at integer not null
);

-- Grain: a fetch.
create table if not exists crawl_log (
    log_id integer primary key,
    at real not null,
    source_id integer not null,
    url text not null,
    hop integer not null,
    status integer,
    outcome text not null,
    detail text,
    bytes integer not null,
    elapsed_ms integer not null,
    ip text,
    segment text
);
