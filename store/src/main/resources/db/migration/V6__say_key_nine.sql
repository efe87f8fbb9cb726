-- The demo's announcements told of the recording and not how to refuse it. Texts that somebody changed
-- are left alone.
update phone_line
  set announcement_version = 'zh-2',
      announcement_text = '您好，欢迎致电。为了保证服务质量，本次通话将被录音。不同意录音请按 9。'
  where announcement_version = 'zh-1'
    and announcement_text = '您好，欢迎致电。为了保证服务质量，本次通话将被录音。';

update phone_line
  set announcement_version = 'en-2',
      announcement_text = 'Welcome. This call will be recorded to help us serve you better. If you do not agree, press 9.'
  where announcement_version = 'en-1'
    and announcement_text = 'Welcome. This call will be recorded to help us serve you better.';
