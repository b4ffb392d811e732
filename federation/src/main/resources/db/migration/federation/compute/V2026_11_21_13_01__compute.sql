-- Machines, volumes and networks lie alike: the columns that queries look at, and two documents in JSON:
-- what callers see (document) and what the resource's job remembers (work).
-- seen: a mark of what the cloud told last, 0 = nothing. version rises with every write, generation with those that callers see.

create table machine (
    id text primary key,
    owner text not null,
    cloud text not null,
    title text not null,
    state text not null,
    image text not null,
    flavour text not null,
    token text not null,
    remote text not null,
    seen bigint not null,
    generation bigint not null,
    version bigint not null,
    document text not null,
    work text not null
);
create index machine_stamp on machine (id, generation);
create index machine_owner on machine (owner, id, generation);
create index machine_title on machine (title);
create index machine_watch on machine (cloud, token, seen, id);

create table volume (
    id text primary key,
    owner text not null,
    cloud text not null,
    title text not null,
    state text not null,
    image text not null,
    flavour text not null,
    token text not null,
    remote text not null,
    seen bigint not null,
    generation bigint not null,
    version bigint not null,
    document text not null,
    work text not null
);
create index volume_stamp on volume (id, generation);
create index volume_owner on volume (owner, id, generation);
create index volume_title on volume (title);
create index volume_watch on volume (cloud, token, seen, id);

create table network (
    id text primary key,
    owner text not null,
    cloud text not null,
    title text not null,
    state text not null,
    image text not null,
    flavour text not null,
    token text not null,
    remote text not null,
    seen bigint not null,
    generation bigint not null,
    version bigint not null,
    document text not null,
    work text not null
);
create index network_stamp on network (id, generation);
create index network_owner on network (owner, id, generation);
create index network_title on network (title);
create index network_watch on network (cloud, token, seen, id);
create index network_remote on network (cloud, remote);

-- Which machine a link belongs to, and what it leads to. The link itself is in the machine's document.
create table link (
    id text primary key,
    kind text not null,
    machine text not null,
    target text not null,
    owner text not null
);
create index link_target on link (target);
create index link_machine on link (machine);
create index link_owner on link (kind, owner, id);

-- User data, for as long as a machine may have to be made (again).
create table machine_context (
    machine text primary key,
    user_data ${bytes} not null
);

-- What each owner has of what quotas limit.
create table quota_use (
    owner text primary key,
    machines bigint not null,
    cores bigint not null,
    memory_mib bigint not null,
    volumes bigint not null,
    volume_mib bigint not null,
    networks bigint not null
);

-- Tokens of what was deleted: what turns up at a cloud with one of them is deleted there. Microseconds since 1970.
create table tombstone (
    token text primary key,
    cloud text not null,
    kind text not null,
    until bigint not null
);
create index tombstone_until on tombstone (until);

create table tag (
    id text primary key,
    owner text not null,
    title text not null,
    location text not null unique,
    related text not null
);

create table tag_member (
    tag text not null,
    kind text not null,
    resource text not null,
    primary key (tag, kind, resource)
);
create index tag_member_resource on tag_member (kind, resource);
