import { type DragEvent, type ReactNode, useId, useState } from 'react';
import { asFault, type DeskFault } from '../../client/faults';
import { IMPORT_KINDS, type ImportApi, type ImportJob, type ImportKind } from '../../client/imports';
import { useWords } from '../../i18n/language';
import { faultWords } from '../../ui/fault-words';

interface BringProps {
  readonly api: ImportApi;
  readonly brought: (job: ImportJob) => void;
}

/** What the rows are, and the file; nothing is read into the customers by it. */
export function BringFile({ api, brought }: BringProps): ReactNode {
  const { w } = useWords();
  const [kind, setKind] = useState<ImportKind>('customers');
  const [busy, setBusy] = useState<string | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const label = useId();
  const bring = async (file: File | undefined): Promise<void> => {
    if (file === undefined || busy !== null) return;
    setBusy(file.name);
    setFault(null);
    try {
      brought(await api.bring(kind, file));
    } catch (error) {
      setFault(asFault(error));
    } finally {
      setBusy(null);
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    void bring(event.dataTransfer.files[0]);
  };
  return (
    <section className="import-bring" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <fieldset>
        <legend>{w.imports.what}</legend>
        {IMPORT_KINDS.map((one) => (
          <label key={one} className="import-kind">
            <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
            <span>
              {w.imports.kinds[one]} <span className="faint">{w.imports.about[one]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label htmlFor={label}>{w.imports.choose}</label>
      <input id={label} type="file" accept=".csv,.txt,.tsv,text/csv" disabled={busy !== null} onChange={(event) => void bring(event.target.files?.[0])} />
      <p className="faint" role="status">
        {busy === null ? w.imports.formats : w.imports.sending(busy)}
      </p>
      {fault !== null && (
        <p className="panel-wrong" role="alert">
          {faultWords(fault, w)}
        </p>
      )}
    </section>
  );
}
