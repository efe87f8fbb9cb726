import { type ReactNode, useState } from 'react';
import type { CrmApi, CrmTried } from '../../client/crms';
import { asFault, type DeskFault } from '../../client/faults';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { faultWords } from '../../ui/fault-words';
import { type CrmDraft, CrmForm, settingsOf } from './crm-form';
import { Tried } from './tried';

interface AddProps {
  readonly api: CrmApi;
  readonly added: (name: string) => void;
}

/** A file and its settings: tried dry first, then joined. */
export function AddCrm({ api, added }: AddProps): ReactNode {
  const { w } = useWords();
  const [draft, setDraft] = useState<CrmDraft>({ file: '', settings: [], internal: false });
  const [tried, setTried] = useState<CrmTried | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const order = { file: draft.file, settings: settingsOf(draft.settings), internal: draft.internal };
  const ask = async <T,>(work: () => Promise<T>, then: (answer: T) => void): Promise<void> => {
    setFault(null);
    try {
      then(await work());
    } catch (error) {
      setFault(asFault(error));
    }
  };
  const empty = draft.file.trim() === '' ? w.crms.fileFirst : null;
  const reason = empty ?? (tried === null ? w.crms.tryFirst : tried.mistakes.length > 0 ? w.crms.mendFirst : null);
  return (
    <>
      <h2>{w.crms.add}</h2>
      <CrmForm
        draft={draft}
        kept={[]}
        change={(changed) => {
          setDraft(changed);
          setTried(null);
        }}
      />
      <div className="row">
        <Action label={w.crms.dryRun} look={tried === null ? 'accent' : 'plain'} hint={w.crms.dryRunMeans} reason={empty} run={() => ask(() => api.dryRun(order), setTried)} />
        <Action label={w.crms.join} look={tried?.ok === true ? 'accent' : 'plain'} hint={w.crms.joinMeans} reason={reason} run={() => ask(() => api.add(order), ({ crm }) => added(crm.name))} />
      </div>
      {fault !== null && (
        <p className="panel-wrong setup-words" role="alert">
          {faultWords(fault, w)}
        </p>
      )}
      {tried !== null && <Tried tried={tried} />}
    </>
  );
}
