-- What was made in the name of a virtual organisation, of what quotas limit: by each owner, and by all of them where owner is empty.
create table quota_use_vo (
    vo text not null,
    owner text not null,
    machines bigint not null,
    cores bigint not null,
    memory_mib bigint not null,
    volumes bigint not null,
    volume_mib bigint not null,
    networks bigint not null,
    primary key (vo, owner)
);
