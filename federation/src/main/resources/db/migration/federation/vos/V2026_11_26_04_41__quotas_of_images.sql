-- Images that the members of a virtual organisation may have shared with it, and their size; null = no limit.
alter table vo_quota add column images bigint;
alter table vo_quota add column image_mib bigint;
