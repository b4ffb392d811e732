create table half (name text primary key); insert into nowhere values (1);
