const KEPT = 'cordboard.notices';

/** Whether the system may tell a ring. `no`: the agent said so here, and is not asked again. */
export type Allowed = 'yes' | 'ask' | 'no';

export function allowed(): Allowed {
  if (!('Notification' in globalThis) || Notification.permission === 'denied') return 'no';
  if (Notification.permission === 'granted') return 'yes';
  return localStorage.getItem(KEPT) === 'no' ? 'no' : 'ask';
}

/** The browser asks only on a click, and only once. */
export async function ask(): Promise<Allowed> {
  await Notification.requestPermission();
  return allowed();
}

export function askNoMore(): Allowed {
  localStorage.setItem(KEPT, 'no');
  return allowed();
}

/** The system tells it for as long as the page is not seen; until the call it is about is over or the page is. */
export function tellWhileHidden(words: string, callId: string): () => void {
  let told: Notification | null = null;
  const look = (): void => {
    if (document.hidden) told ??= tell(words, callId);
    else told = (told?.close(), null);
  };
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    told?.close();
  };
}

function tell(words: string, callId: string): Notification | null {
  if (allowed() !== 'yes') return null;
  try {
    const notice = new Notification(words, { tag: callId, requireInteraction: true });
    notice.onclick = () => window.focus();
    return notice;
  } catch {
    // a telephone's browser lets only a service worker do it: title and sound are left
    return null;
  }
}
