create table bench_machine (
    id text primary key,
    owner text not null,
    name text not null,
    desired text not null,
    observed text not null,
    generation bigint not null,
    created bigint not null,
    attributes text not null
) ${clustered};
create index bench_machine_owner on bench_machine (owner, id);

create table bench_link (
    id text primary key,
    machine text not null,
    target text not null
) ${clustered};
create index bench_link_machine on bench_link (machine);
