import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../../i18n/language';
import { useDesk, usePhone } from '../../ui/desk-context';

const LOOK_EVERY = 100;
const BARS = [0.02, 0.06, 0.14, 0.3];

/** How loud the agent's own voice leaves this computer: who is muted or unplugged sees it. */
export function Level(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const { muted, voice } = usePhone();
  const meter = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const level = desk.phone.ownLevel();
    if (level === null) return;
    const timer = setInterval(() => {
      const loud = muted ? 0 : level.read();
      const lit = BARS.filter((threshold) => loud >= threshold).length;
      if (meter.current) meter.current.dataset['lit'] = String(lit);
    }, LOOK_EVERY);
    return () => {
      clearInterval(timer);
      level.stop();
    };
  }, [desk, muted, voice]);
  return (
    <span className="level-meter" ref={meter} role="img" aria-label={w.call.level} title={muted ? w.call.muted : w.call.level} data-lit="0">
      {BARS.map((threshold) => (
        <i key={threshold} />
      ))}
    </span>
  );
}
