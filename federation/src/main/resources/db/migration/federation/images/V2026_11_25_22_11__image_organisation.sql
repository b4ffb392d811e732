-- The virtual organisation whose members use an image; empty = none.
alter table image add column vo text not null default '';
create index image_vo on image (vo, id);
