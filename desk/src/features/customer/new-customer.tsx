import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from 'antd';
import { Customers } from '../../client/customers';
import { asFault } from '../../client/faults';
import { useWords } from '../../i18n/language';
import { useDesk } from '../../ui/desk-context';
import { KindField, LANGUAGES, LEVELS, PickField, TextField } from './fields';
import { useOpenCall } from './panel';

/** A new customer, with what the call tells already filled in. */
export function NewCustomer(): ReactNode {
  const { w, language } = useWords();
  const desk = useDesk();
  const call = useOpenCall();
  const [name, setName] = useState(call?.callerName ?? '');
  const [number, setNumber] = useState(call?.number ?? '');
  const [kind, setKind] = useState('mobile');
  const [person, setPerson] = useState('PERSON');
  const [level, setLevel] = useState('STANDARD');
  const [speaks, setSpeaks] = useState(language === 'zh' ? 'zh-CN' : 'en');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      const identities = number.trim() === '' ? [] : [{ kind, value: number.trim() }];
      const file = await new Customers(desk.rest).create({ name: name.trim(), kind: person, language: speaks, level, identities });
      if (call === null) desk.panel.file(file.card.id);
      else if (await desk.carryOut({ type: 'chooseCustomer', callId: call.callId, customerId: file.card.id })) desk.panel.close();
    } catch (error) {
      setWrong(asFault(error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="panel-form" onSubmit={(event) => void save(event)}>
      <h2>{w.panel.fresh}</h2>
      <TextField label={w.panel.name} value={name} change={setName} autoFocus />
      <div className="field-pair">
        <TextField label={w.panel.number} value={number} change={setNumber} />
        <KindField value={kind} change={setKind} />
      </div>
      <div className="field-pair">
        <PickField label={w.panel.person} value={person} options={['PERSON', 'COMPANY']} words={w.panel.kinds} change={setPerson} />
        <PickField label={w.panel.level} value={level} options={LEVELS} words={w.card.level} change={setLevel} />
        <PickField label={w.panel.speaks} value={speaks} options={LANGUAGES} words={w.panel.languages} change={setSpeaks} />
      </div>
      {wrong !== null && (
        <p className="panel-wrong" role="alert">
          {wrong}
        </p>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy} disabled={name.trim() === ''}>
          {call === null ? w.panel.create : w.panel.createForCall}
        </Button>
      </div>
    </form>
  );
}
