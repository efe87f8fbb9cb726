import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';

/** The browser asks only once and only on a click, so it is offered where nothing rings. */
export function AllowNotices(): ReactNode {
  const { w } = useWords();
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'));
  if (permission !== 'default') return null;
  return (
    <p>
      <Action
        label={w.waiting.allowNotices}
        run={() => Notification.requestPermission().then(setPermission)}
      />
    </p>
  );
}
