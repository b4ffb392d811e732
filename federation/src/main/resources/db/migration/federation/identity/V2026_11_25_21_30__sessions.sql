-- Tokens that stand for a sign-in are short-lived and not listed; they end with the token that proved their caller.
-- session: 1 = such a token. parent: the id of that token, '' = none.
alter table api_token add column session int not null default 0;
alter table api_token add column parent text not null default '';
create index api_token_parent on api_token (parent);
