import type { ReactNode } from 'react';
import type { CallView, Card } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { useDesk } from '../../ui/desk-context';

/** Between calls: look somebody up. */
export function FindAction(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  if (!desk.session.permissions.includes('SEE_CUSTOMERS')) return null;
  return (
    <div className="row find-action">
      <Action label={`${w.panel.search}…`} hotkey="search" run={() => desk.panel.search()} />
    </div>
  );
}

/** In a call: the caller's file, somebody else, or a new customer. */
export function CallerActions({ call, card }: { readonly call: CallView; readonly card: Card | null }): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const may = desk.session.permissions;
  if (!may.includes('SEE_CUSTOMERS')) return null;
  const fresh = card === null && call.match.state !== 'LOOKING' && may.includes('EDIT_CUSTOMERS');
  return (
    <div className="caller-actions row">
      {card !== null && <Action label={w.card.fileOf} hotkey="file" look="quiet" run={() => desk.panel.file(card.id)} />}
      {fresh && <Action label={w.card.newCustomer} hotkey="file" look={call.phase === 'RINGING' ? 'plain' : 'accent'} run={() => desk.panel.fresh()} />}
      <Action label={`${w.panel.search}…`} hotkey="search" look="quiet" run={() => desk.panel.search()} />
    </div>
  );
}
