-- The track (SAYS, HEARS) that fell silent on the switch while the talk went on; null when none did.
alter table recording add column silent text;
