-- Content of images at this node in formats that were asked for. state: PENDING, READY, ERROR. bytes, sha512: of the file,
-- 0 and empty until it is READY.
create table image_copy (
    image text not null,
    format text not null,
    state text not null,
    bytes bigint not null,
    sha512 text not null,
    message text not null,
    primary key (image, format)
);
-- Bytes of the image's own file at this node; 0 while it has none here.
alter table image add column bytes bigint not null default 0;
