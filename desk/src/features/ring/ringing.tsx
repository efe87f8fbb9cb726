import { useEffect } from 'react';
import { useWords } from '../../i18n/language';
import { answerByItself } from '../../phone/auto-answer';
import { cardOf, currentCall } from '../../store/select';
import { useDesk, useMe, useOwnsSound, useView } from '../../ui/desk-context';
import { whoCalls } from '../card/headline';
import { tellWhileHidden } from './notices';

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
  const words = ringing === null ? '' : ringing.callBackAskedAt === null ? spoken.w.ringing.notification(who) : spoken.w.ringing.callBackNotice(who);
  // only a browser's own phone can be answered from here without a hand
  const byItself = ringing !== null && ringing.autoAnswer && me.phone === 'BROWSER' && owns;
  const audible = callId !== null && (me.phone === 'VIRTUAL' || (me.phone === 'BROWSER' && owns));

  useEffect(() => {
    if (!audible) return;
    let keep = (): void => {};
    const cancel = afterPaint(() => {
      if (byItself) keep = answerByItself(desk.ring.warn(), () => desk.ring.start(), () => void desk.answer(callId));
      else desk.ring.start();
    });
    return () => {
      keep();
      cancel();
      desk.ring.stop();
    };
  }, [audible, byItself, callId, desk]);

  useEffect(() => {
    document.title = words === '' ? spoken.w.product : `☎ ${words}`;
  }, [words, spoken.w.product]);

  useEffect(() => {
    if (callId === null || words === '') return;
    return tellWhileHidden(words, callId);
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
