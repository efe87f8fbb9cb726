import type { ReactNode } from 'react';
import { type CustomerFile, Customers } from '../../client/customers';
import { asFault } from '../../client/faults';
import { exact } from '../../format/time';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { useDesk } from '../../ui/desk-context';

/** Decisions that an agent asks for; of others that were kept, only what was decided is shown. */
const ASKED = ['calls'] as const;

/** Of the words of the questions: another one with every change of w.panel.consent.ask. */
const VERSION = 'desk-1';

interface ConsentsProps {
  readonly file: CustomerFile;
  readonly reload: () => void;
}

/** What the customer allows, and what to ask. */
export function Consents({ file, reload }: ConsentsProps): ReactNode {
  const { w, language } = useWords();
  const desk = useDesk();
  const { consents } = file.standing;
  const others = consents.map(({ kind }) => kind).filter((kind) => !ASKED.some((asked) => asked === kind));
  const decide = async (kind: string, granted: boolean): Promise<void> => {
    try {
      await new Customers(desk.rest).consent(file.card.id, kind, granted, `${VERSION}-${language}`);
      reload();
    } catch (error) {
      desk.toasts.fault(asFault(error));
    }
  };
  return (
    <section>
      <h3>{w.panel.consents}</h3>
      <ul className="file-list">
        {ASKED.map((kind) => {
          const stands = consents.find((consent) => consent.kind === kind);
          const may = stands?.granted;
          return (
            <li key={kind}>
              <Decision kind={kind} file={file} />
              <span className="file-acts">
                <Action label={w.panel.allow} look="quiet" reason={may === true ? w.panel.standsAlready : null} hint={w.panel.consent.ask[kind]} run={() => decide(kind, true)} />
                <Action label={w.panel.refuse} look="quiet" reason={may === false ? w.panel.standsAlready : null} hint={w.panel.consent.ask[kind]} run={() => decide(kind, false)} />
              </span>
              <span className="faint consent-ask">{w.panel.consent.ask[kind]}</span>
            </li>
          );
        })}
        {others.map((kind) => (
          <li key={kind}>
            <Decision kind={kind} file={file} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decision({ kind, file }: { readonly kind: string; readonly file: CustomerFile }): ReactNode {
  const { w, locale } = useWords();
  const stands = file.standing.consents.find((consent) => consent.kind === kind);
  return (
    <span>
      {word(w.panel.consent.kind, kind)}{' '}
      {stands === undefined ? (
        <span className="faint">{w.panel.notAsked}</span>
      ) : (
        <span className={stands.granted ? 'faint' : 'panel-wrong'} title={exact(stands.at, locale)}>
          {stands.granted ? w.panel.allowed : w.panel.refused}
        </span>
      )}
    </span>
  );
}
