import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { type Changed, type CustomerFile, Customers } from '../../client/customers';
import { asFault } from '../../client/faults';
import { groupNumber } from '../../format/number';
import { exact } from '../../format/time';
import { useWords } from '../../i18n/language';
import { DialAction } from '../dial/dial';
import { word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { useDesk } from '../../ui/desk-context';
import { PersonName } from '../../ui/person-name';
import { Consents } from './consents';
import { EditFields } from './edit-fields';
import { KindField, TextField } from './fields';
import { Merges } from './merges';
import { useOpenCall } from './panel';

/** A customer's file: looked at, changed, merged. */
export function File({ id }: { readonly id: string }): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const call = useOpenCall();
  const [file, setFile] = useState<CustomerFile | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const load = useCallback(() => {
    new Customers(desk.rest).file(id).then(
      (read) => (setFile(read), setTrouble(null)),
      (error: unknown) => setTrouble(asFault(error).type === '/problems/forbidden' ? w.panel.forbidden : asFault(error).message),
    );
  }, [desk.rest, id, w]);
  useEffect(load, [load]);
  if (file === null) return <p className="faint">{trouble ?? w.card.loading}</p>;
  const { card } = file;
  const theirs = call !== null && call.match.customerId === card.id;
  return (
    <section className="file">
      <h2>{w.panel.file}</h2>
      <p className="file-name">
        <PersonName name={card.name} /> <span className={`level level-${card.level.toLowerCase()}`}>{word(w.card.level, card.level)}</span>
        {file.standing.doNotCall && <span className="panel-wrong">{w.panel.doNotCall}</span>}
      </p>
      {call !== null && !theirs && (
        <div className="row">
          <Action
            label={w.panel.isCaller}
            look="accent"
            run={async () => {
              if (await desk.carryOut({ type: 'chooseCustomer', callId: call.callId, customerId: card.id })) desk.panel.close();
            }}
          />
        </div>
      )}
      <EditFields key={card.version} file={file} saved={setFile} reload={load} />
      <Identities file={file} changed={setFile} reload={load} />
      <Consents file={file} reload={load} />
      <Merges id={card.id} name={card.name} changed={load} />
      <History id={card.id} version={card.version} />
    </section>
  );
}

interface PartProps {
  readonly file: CustomerFile;
  readonly changed: (file: CustomerFile) => void;
  readonly reload: () => void;
}

function Identities({ file, changed, reload }: PartProps): ReactNode {
  const { w, home } = useWords();
  const desk = useDesk();
  const customers = new Customers(desk.rest);
  const { card } = file;
  const [value, setValue] = useState('');
  const [kind, setKind] = useState('mobile');
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      desk.toasts.fault(asFault(error));
    }
  };
  const add = (): Promise<void> =>
    attempt(async () => {
      changed(await customers.addIdentity(card.id, kind, value.trim()));
      setValue('');
    });
  return (
    <section>
      <h3>{w.card.numbers}</h3>
      <ul className="file-list">
        {card.identities.map((identity) => (
          <li key={identity.value}>
            <bdi className="figures">{groupNumber(identity.value, home)}</bdi>
            <span className="faint">
              {word(w.identity, identity.kind)}
              {identity.shared && ` · ${w.card.shared}`}
            </span>
            <span className="file-acts">
              <DialAction number={identity.value} />
              <Action
                label={confirmed.includes(identity.value) ? w.panel.confirmed : w.panel.confirm}
                look="quiet"
                reason={confirmed.includes(identity.value) ? w.panel.confirmed : null}
                run={() =>
                  attempt(async () => {
                    await customers.confirmIdentity(card.id, identity.value);
                    setConfirmed([...confirmed, identity.value]);
                    reload();
                  })
                }
              />
              <Action
                label={w.panel.remove}
                look="quiet"
                hint={w.panel.removeMeans}
                run={() => attempt(async () => changed(await customers.removeIdentity(card.id, identity.value)))}
              />
            </span>
          </li>
        ))}
      </ul>
      <form
        className="field-pair"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField label={w.panel.number} value={value} change={setValue} />
        <KindField value={kind} change={setKind} />
        <Action label={w.panel.add} reason={value.trim() === '' ? w.panel.typeFirst : null} run={add} />
      </form>
    </section>
  );
}

/** Who changed what, and when. */
function History({ id, version }: { readonly id: string; readonly version: number }): ReactNode {
  const { w, locale } = useWords();
  const { rest } = useDesk();
  const [changes, setChanges] = useState<readonly Changed[]>([]);
  useEffect(() => {
    new Customers(rest).changes(id).then(({ items }) => setChanges(items), () => {});
  }, [rest, id, version]);
  return (
    <section>
      <h3>{w.panel.history}</h3>
      {changes.length === 0 && <p className="faint">{w.panel.noHistory}</p>}
      <ul className="file-list">
        {changes.map((change) => (
          <li key={change.id}>
            <time className="figures faint" dateTime={change.at}>
              {exact(change.at, locale)}
            </time>
            <span>
              {word(w.panel.fields, change.field.split(':')[0] ?? '')}{' '}
              {change.isProtected && change.before === null && change.after === null ? (
                <span className="faint">{w.card.masked}</span>
              ) : (
                <>
                  {change.before !== null && <del><bdi>{change.before}</bdi></del>} {change.after !== null && <ins><bdi>{change.after}</bdi></ins>}
                </>
              )}
            </span>
            <bdi className="faint">{change.by}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
