import { Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { type Tried, tryIt } from '../../client/try';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { Action } from '../../ui/action';
import { Trouble } from '../../ui/trouble';
import type { Tester } from './api-page';
import { addressOf, type Operation } from './document';

interface TryItProps {
  readonly of: Operation;
  readonly tester: Tester;
}

/** Sends the operation in the name of whoever is signed in; what changes something is asked about once more. */
export function TryIt({ of, tester }: TryItProps): ReactNode {
  const { w } = useWords();
  const id = useId();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [body, setBody] = useState(of.body?.example ?? '');
  const [sure, setSure] = useState(false);
  const [tried, setTried] = useState<Tried | 'away' | null>(null);
  const address = addressOf(of, values);
  const reads = of.method === 'GET';
  const send = async (): Promise<void> => {
    setSure(false);
    if (address === null) return;
    const answer = await tryIt({ method: of.method, address, type: of.body?.type ?? '', body: of.body === null ? null : body }, tester.session);
    setTried(answer ?? 'away');
    tester.look();
  };
  return (
    <section className="api-try" aria-label={w.api.tryIt}>
      <h3>{w.api.tryIt}</h3>
      {of.parameters.map(({ name, required = false }) => (
        <label key={name} className="api-value">
          <span>
            <code>{name}</code> {required && w.api.required}
          </span>
          <Input value={values[name] ?? ''} onChange={(event) => setValues({ ...values, [name]: event.target.value })} autoComplete="off" spellCheck={false} />
        </label>
      ))}
      {of.body !== null && (
        <>
          <label htmlFor={id}>{w.api.body}</label>
          <Input.TextArea id={id} value={body} onChange={(event) => setBody(event.target.value)} autoSize={{ minRows: 3, maxRows: 16 }} spellCheck={false} />
        </>
      )}
      <p className="api-address">
        <code>
          {of.method} {address ?? of.path}
        </code>
      </p>
      <div className="row">
        {reads && <Action label={w.api.send} reason={whyNot(of, tester, address, w)} run={send} look="accent" />}
        {!reads && !sure && <Action label={w.api.sendChange} reason={whyNot(of, tester, address, w)} run={() => setSure(true)} />}
        {sure && (
          <>
            <span role="alert">{w.api.sureText}</span>
            <Action label={w.api.sure} run={send} look="danger" />
            <Action label={w.api.no} run={() => setSure(false)} look="quiet" />
          </>
        )}
      </div>
      {tried === 'away' && <Trouble what={w.api.away} then={w.api.awayDo} />}
      {tried !== null && tried !== 'away' && <Outcome of={tried} />}
    </section>
  );
}

function whyNot(of: Operation, { session }: Tester, address: string | null, w: Words): string | null {
  if (!of.forAnybody && session === null) return w.api.signInFirst;
  if (of.needs.length > 0 && !of.needs.some((need) => session?.permissions.includes(need))) return w.api.mayNot(of.needs.join(' | '));
  return address === null ? w.api.fillIn : null;
}

function Outcome({ of }: { readonly of: Tried }): ReactNode {
  const { w } = useWords();
  return (
    <div className="api-outcome" role="status">
      <p className="figures">
        <strong data-well={of.status < 400}>{of.status}</strong> <span className="faint">{w.api.took(of.millis, of.bytes, of.type)}</span>
      </p>
      {of.text !== '' && (
        <pre tabIndex={0} aria-label={w.api.answer}>
          {of.text}
        </pre>
      )}
      {of.cut && <p className="faint">{w.api.cut}</p>}
    </div>
  );
}
