-- A user's second phone, which does not ring; the one that rings stands with the user.
create table spare_phone (
  user_id        uuid primary key references app_user (id),
  switch_id      text not null,
  phone_address  text not null,
  phone_kind     text not null check (phone_kind in ('BROWSER', 'SIP')),
  unique (switch_id, phone_address)
);

-- One device, one user, rung or not. The lock makes two changes at once come one after the other.
create function phone_is_one_users() returns trigger language plpgsql as $$
begin
  if new.switch_id is null then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtext('phone'), hashtext(new.switch_id || ' ' || new.phone_address));
  if tg_table_name = 'app_user' and exists (
      select 1 from spare_phone where switch_id = new.switch_id and phone_address = new.phone_address)
    or tg_table_name = 'spare_phone' and exists (
      select 1 from app_user where switch_id = new.switch_id and phone_address = new.phone_address) then
    raise exception 'app_user_phone: the device is somebody''s already' using errcode = '23505';
  end if;
  return new;
end $$;

create trigger app_user_phone_once before insert or update of switch_id, phone_address on app_user
  for each row execute function phone_is_one_users();
create trigger spare_phone_once before insert or update of switch_id, phone_address on spare_phone
  for each row execute function phone_is_one_users();
