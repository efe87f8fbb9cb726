import { useEffect } from 'react';
import { useWords } from '../../i18n/language';
import { cardOf, currentCall } from '../../store/select';
import { useDesk, useMe, useOwnsSound, useView } from '../../ui/desk-context';
import { whoCalls } from '../card/headline';

/**
 * Sound, notification and title of a ring. The sound begins only after the card has been painted: who is
 * calling is read before the bell is heard.
 */
export function Ringing(): null {
  const spoken = useWords();
  const desk = useDesk();
  const me = useMe();
  const owns = useOwnsSound();
  const call = useView(currentCall);
  const card = useView((view) => (call === null ? null : cardOf(view, call)));
  const ringing = call?.phase === 'RINGING' ? call : null;
  const callId = ringing?.callId ?? null;
  const who = ringing === null ? '' : whoCalls(ringing, card, spoken);
  const words = ringing === null ? '' : spoken.w.ringing.notification(who);
  const audible = callId !== null && (me.phone === 'VIRTUAL' || (me.phone === 'BROWSER' && owns));

  useEffect(() => {
    if (!audible) return;
    const cancel = afterPaint(() => desk.ring.start());
    return () => {
      cancel();
      desk.ring.stop();
    };
  }, [audible, callId, desk]);

  useEffect(() => {
    document.title = words === '' ? spoken.w.product : `☎ ${words}`;
  }, [words, spoken.w.product]);

  useEffect(() => {
    if (callId === null || words === '' || !document.hidden) return;
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    const notice = new Notification(words, { tag: callId, requireInteraction: true });
    notice.onclick = () => window.focus();
    return () => notice.close();
  }, [callId, words]);
  return null;
}

/** Runs after the next frame is on the screen; a hidden page paints nothing and need not wait. */
function afterPaint(work: () => void): () => void {
  if (document.hidden) {
    work();
    return () => {};
  }
  let cancelled = false;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (!cancelled) work();
    }),
  );
  return () => {
    cancelled = true;
  };
}
