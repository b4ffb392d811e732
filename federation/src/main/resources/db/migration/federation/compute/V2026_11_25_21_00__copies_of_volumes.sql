-- Snapshots and backups lie in the table of volumes: image names the volume that they were taken of, flavour their kind.
-- Of a volume that was made of a copy, image names the copy.
create index volume_made_of on volume (image, flavour);
