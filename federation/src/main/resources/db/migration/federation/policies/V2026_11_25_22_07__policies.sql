-- Policies that were given by the API. active: the version that holds; 0 = none. changed: microseconds since 1970.
create table policy (
    name text primary key,
    generation bigint not null,
    latest bigint not null,
    active bigint not null,
    author text not null,
    changed bigint not null
);

create table policy_version (
    policy text not null,
    version bigint not null,
    document text not null,
    note text not null,
    author text not null,
    created bigint not null,
    primary key (policy, version)
);

-- One row. It counts the changes of what holds, so that every node sees at a glance whether it has to load anew.
create table policy_change (
    id bigint primary key,
    count bigint not null
);

insert into policy_change (id, count) values (1, 0);
