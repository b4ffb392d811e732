-- document: what callers see. work: what the image's job remembers. Both JSON. owner: empty = everybody's.
create table image (
    id text primary key,
    owner text not null,
    title text not null,
    sha512 text not null,
    generation bigint not null,
    version bigint not null,
    document text not null,
    work text not null
);
create index image_owner on image (owner, id);
create index image_sha512 on image (sha512);

-- At which clouds an image is or shall be. remote: the cloud's own id, empty until it is there.
-- state: WANTED (shall be brought there), READY, or NATIVE (the cloud's own).
create table image_place (
    image text not null,
    cloud text not null,
    remote text not null,
    token text not null,
    state text not null,
    primary key (image, cloud)
);
create index image_place_cloud on image_place (cloud);
