-- The key by which waiting callers keep their place and are called back; null for none.
alter table queue add column call_back_key text check (call_back_key ~ '^[0-8]$');
