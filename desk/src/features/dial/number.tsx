import { type ReactNode, use } from 'react';
import { groupNumber } from '../../format/number';
import { useWords } from '../../i18n/language';
import type { Desk } from '../../desk';
import { DeskContext } from '../../ui/desk-context';
import { HANDSET } from '../../ui/handset';
import { isDialable, useDial, useWhyNoDialling } from './dial';

interface NumberProps {
  /** As the server has it; what is masked, or no number, is only shown. */
  readonly number: string;
}

/** A number as people read it; a click calls it, where one may and is in no call. */
export function PhoneNumber({ number }: NumberProps): ReactNode {
  const { home } = useWords();
  const desk = use(DeskContext);
  const shown = <bdi className="figures">{groupNumber(number, home)}</bdi>;
  if (!mayDial(desk) || !isDialable(number)) return shown;
  return <Dialled number={number} shown={shown} />;
}

export function mayDial(desk: Desk | null): boolean {
  return desk !== null && desk.session.permissions.includes('DIAL_OUT');
}

function Dialled({ number, shown }: NumberProps & { readonly shown: ReactNode }): ReactNode {
  const { w, home } = useWords();
  const dial = useDial();
  const reason = useWhyNoDialling();
  // what stands beside it stays where it is when the call is over
  if (reason !== null) return <span className="dial-room">{shown}</span>;
  const words = w.dial.callNumber(groupNumber(number, home));
  return (
    <button type="button" className="link dial-number" title={words} aria-label={words} onClick={() => void dial(number, null)}>
      {shown}
      <svg viewBox="0 0 16 16" className="glyph" aria-hidden>
        <path d={HANDSET} />
      </svg>
    </button>
  );
}
