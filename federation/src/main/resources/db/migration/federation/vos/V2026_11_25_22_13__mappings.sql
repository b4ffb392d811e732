-- What members with a group or role may do at which clouds. Lists are texts with spaces between; an empty one = all.
create table vo_mapping (
    vo text not null,
    name text not null,
    who text not null,
    actions text not null,
    clouds text not null,
    flavours text not null,
    changed bigint not null,
    generation bigint not null,
    primary key (vo, name)
);
