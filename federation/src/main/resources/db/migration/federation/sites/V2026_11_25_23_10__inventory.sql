-- How full the clouds are: what they told last (told: microseconds since 1970, 0 = never; figures: JSON) and what is known since.
-- full_until: a cloud that refused for lack of room counts as full until then. reliability: thousandths of the polls that were
-- answered, -1 = not known. changed rises with whatever changes a decision, so that readers fetch only what is new to them.
create table cloud_stock (
    cloud text primary key,
    told bigint not null,
    figures text not null,
    full_until bigint not null,
    full_text text not null,
    reliability int not null,
    changed bigint not null
);

-- Machines that came (sign 1) or went (-1) and that the cloud's figures do not know yet. since: when it was seen there or gone;
-- 0 = it is still to be made.
create table cloud_claim (
    machine text not null,
    cloud text not null,
    sign int not null,
    cores int not null,
    memory_mib bigint not null,
    disk_gib bigint not null,
    since bigint not null,
    primary key (machine, cloud, sign)
);
create index cloud_claim_cloud on cloud_claim (cloud, since);

-- Machines of ours at a cloud by flavour, for caps; flavour: empty = of free size.
create table cloud_use (
    cloud text not null,
    flavour text not null,
    machines bigint not null,
    primary key (cloud, flavour)
);

-- Polls by the hour since 1970, for the share that was answered.
create table cloud_answers (
    cloud text not null,
    hour bigint not null,
    asked int not null,
    answered int not null,
    primary key (cloud, hour)
);

-- price: of an hour, in millionths of currency; null = not told. cap: most machines of it at a time; null = no cap.
alter table flavour add column price bigint;
alter table flavour add column currency text not null default '';
alter table flavour add column cap int;
