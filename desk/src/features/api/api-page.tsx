import { Input } from 'antd';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { Rest, type Session } from '../../client/rest';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { Trouble } from '../../ui/trouble';
import { LookSwitches } from '../sign-in/look-switches';
import { Brand } from '../sign-in/sign-in';
import { type ApiDocument, byTag, found, operationsOf } from './document';
import { OneOperation } from './operation';

const DOCUMENT = '/api/openapi.json';

/** Whose name a request is tried in; null for nobody's. */
export interface Tester {
  readonly session: Session | null;
  /** Signing in or out may have been what was tried. */
  readonly look: () => void;
}

/** The HTTP interface as its own document tells it, with a way to try each operation. */
export function ApiPage(): ReactNode {
  const { w } = useWords();
  const [document, setDocument] = useState<ApiDocument | null>(null);
  const [away, setAway] = useState(false);
  const load = useCallback(
    () =>
      read().then(
        (told) => (setDocument(told), setAway(false)),
        () => setAway(true),
      ),
    [],
  );
  useEffect(() => void load(), [load]);
  const tester = useTester();
  return (
    <main className="page api-page">
      <div className="row api-top">
        <a href="/" className="api-home">
          <Brand />
        </a>
        <LookSwitches />
      </div>
      <header className="page-head">
        <h1>{w.api.title}</h1>
        <p className="page-text">
          {w.api.text}{' '}
          <a href={DOCUMENT}>
            <bdi>{DOCUMENT}</bdi>
          </a>
        </p>
        <p className="page-text">{w.api.keys}</p>
        <p className="page-text" role="status">
          {tester.session === null ? (
            <>
              {w.api.signedOut} <a href="/">{w.api.signIn}</a>
            </>
          ) : (
            w.api.signedIn(tester.session.user.name)
          )}
        </p>
      </header>
      {away && (
        <Trouble grave what={w.api.away} then={w.api.awayDo}>
          <Action label={w.trouble.tryAgain} run={load} />
        </Trouble>
      )}
      {document === null ? !away && <p className="faint">{w.watch.reading}</p> : <Operations document={document} tester={tester} />}
    </main>
  );
}

async function read(): Promise<ApiDocument> {
  const answer = await fetch(DOCUMENT, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()) as ApiDocument;
}

function useTester(): Tester {
  const [session, setSession] = useState<Session | null>(null);
  const [rest] = useState(() => new Rest(() => setSession(null)));
  const look = useCallback(() => void rest.session().then(setSession, () => {}), [rest]);
  useEffect(look, [look]);
  return { session, look };
}

function Operations({ document, tester }: { readonly document: ApiDocument; readonly tester: Tester }): ReactNode {
  const { w } = useWords();
  const [text, setText] = useState('');
  const all = useMemo(() => operationsOf(document), [document]);
  const hits = found(all, text);
  return (
    <>
      <div className="page-tools">
        <Input className="page-filter" type="search" value={text} onChange={(event) => setText(event.target.value)} placeholder={w.api.search} aria-label={w.api.search} allowClear={false} autoComplete="off" />
        <span className="faint figures" role="status">
          {hits.length === all.length ? w.api.all(all.length) : w.api.some(hits.length, all.length)}
        </span>
        <span className="faint by-keys">{w.api.hint}</span>
      </div>
      {hits.length === 0 && <p>{w.api.none}</p>}
      <div className="api-list" onKeyDown={walk}>
        {byTag(hits).map(([tag, operations]) => (
          <section key={tag} aria-label={tag}>
            <h2 className="api-tag">{tag}</h2>
            {operations.map((one) => (
              <OneOperation key={one.key} of={one} document={document} tester={tester} />
            ))}
          </section>
        ))}
      </div>
      <Problems document={document} />
    </>
  );
}

/** Arrows go from one operation to the next, wherever its group ends. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLElement) || !event.target.matches('.api-operation > summary')) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('.api-operation > summary')];
  all[all.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}

function Problems({ document }: { readonly document: ApiDocument }): ReactNode {
  const { w } = useWords();
  return (
    <section aria-label={w.api.problems}>
      <h2 className="api-tag">{w.api.problems}</h2>
      <p className="page-text">{w.api.problemsText}</p>
      <ul className="api-fields">
        {(document['x-problems'] ?? []).map(({ type, status, title }) => (
          <li key={type}>
            <code>{type}</code> <span className="figures">{status}</span> <span className="faint">{title}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
