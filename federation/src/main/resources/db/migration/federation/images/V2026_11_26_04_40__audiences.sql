-- Who uses an image beside its owner: empty = nobody, * = everybody, or the path of a group of a virtual organisation.
alter table image add column audience text not null default '';
update image set audience = case when vo <> '' then '/' || vo when owner = '' then '*' else '' end;
-- The same at the beginning of each document.
update image set document = '{"audience":"' || audience || '",' || substr(document, 2);
create index image_audience on image (audience, id);
