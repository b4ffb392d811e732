-- Machines in our accounts at clouds that Hansa did not make, as they were last seen; microseconds since 1970.
create table existing_machine (
    cloud text not null,
    remote text not null,
    name text not null,
    state text not null,
    cores int not null,
    memory_mib bigint not null,
    disk_gib bigint not null,
    addresses text not null,
    created bigint not null,
    observed bigint not null,
    primary key (cloud, remote)
);
