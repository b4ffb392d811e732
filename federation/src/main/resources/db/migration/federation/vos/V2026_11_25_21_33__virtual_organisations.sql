-- Times are microseconds since 1970. suspended: why; empty = it is not.

create table vo (
    name text primary key,
    title text not null,
    summary text not null,
    cost_centre text not null,
    suspended text not null,
    member_days integer not null,
    created bigint not null,
    changed bigint not null,
    generation bigint not null
);

-- The root of the tree, /name, has no row: it is there as long as the organisation is.
create table vo_group (
    path text primary key,
    vo text not null,
    title text not null,
    created bigint not null
);
create index vo_group_vo on vo_group (vo, path);

-- lapsed: 1 once the end of the membership was told to everybody.
create table vo_member (
    vo text not null,
    caller text not null,
    name text not null,
    suspended text not null,
    expires bigint,
    lapsed integer not null,
    joined bigint not null,
    changed bigint not null,
    generation bigint not null,
    primary key (vo, caller)
);
create index vo_member_caller on vo_member (caller);
create index vo_member_expires on vo_member (vo, expires) where expires is not null;

-- The groups and roles of a member in normal form, beside the plain membership that every member has.
create table vo_right (
    vo text not null,
    caller text not null,
    fqan text not null,
    primary key (vo, caller, fqan)
);
create index vo_right_caller on vo_right (caller);
create index vo_right_fqan on vo_right (vo, fqan);

create table vo_request (
    id text primary key,
    vo text not null,
    fqan text not null,
    caller text not null,
    name text not null,
    words text not null,
    state text not null,
    reason text not null,
    decided_by text not null,
    created bigint not null,
    changed bigint not null,
    generation bigint not null
);
create index vo_request_vo on vo_request (vo, id);
create index vo_request_caller on vo_request (caller, id);

-- Rises with every change of anything above, so that nodes know when what they remember is old.
create table vo_generation (
    id integer primary key,
    generation bigint not null
);
insert into vo_generation (id, generation) values (1, 1);
