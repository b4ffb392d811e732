-- The configured clouds and how they were when they were last asked. observed: microseconds since 1970, 0 = never.
create table cloud (
    name text primary key,
    position int not null,
    driver text not null,
    facets text not null,
    free_form int not null,
    digest text not null,
    health text not null,
    message text not null,
    observed bigint not null,
    strangers int not null
);

-- cloud: empty for a flavour that an operator added for every free-form cloud. remote: the cloud's own id, empty there.
create table flavour (
    id text not null,
    cloud text not null,
    remote text not null,
    title text not null,
    cores int not null,
    memory_mib bigint not null,
    disk_gib bigint not null,
    primary key (id, cloud)
);
create index flavour_cloud on flavour (cloud);
