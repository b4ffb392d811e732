-- What the members of a virtual organisation may have together; null = no limit. member_share: percent that one of them may have.
create table vo_quota (
    vo text primary key,
    machines bigint,
    cores bigint,
    memory_mib bigint,
    volumes bigint,
    volume_mib bigint,
    networks bigint,
    member_share integer,
    generation bigint not null
);
