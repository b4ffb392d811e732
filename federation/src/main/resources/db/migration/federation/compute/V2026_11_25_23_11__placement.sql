-- How it was decided where machines go. document: JSON. snapshot: what the decision looked at, compressed; empty where too large.
-- created: microseconds since 1970.
create table placement_plan (
    id text primary key,
    document text not null,
    snapshot ${bytes} not null,
    created bigint not null
);
create table machine_plan (
    machine text primary key,
    plan text not null
);
create index machine_plan_plan on machine_plan (plan);

-- Groups that machines are near to or far from. name: with whose it is before it.
create table machine_group (
    machine text not null,
    name text not null,
    primary key (machine, name)
);
create index machine_group_name on machine_group (name);
