import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { CrmApi, CrmMapping, MappingLine, MappingPreview, PastMapping } from '../../client/crms';
import { asFault, type DeskFault } from '../../client/faults';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { faultWords } from '../../ui/fault-words';
import { Mark } from '../../ui/mark';
import { linkTo } from '../../ui/place';
import { PageFault } from '../office/page-fault';
import { When } from '../watch/closed';
import { sameLines, unfilled } from './lines';
import { MappingTable } from './mapping-table';
import { Mistakes, Samples } from './tried';

interface MappingProps {
  readonly api: CrmApi;
  readonly name: string;
  readonly kind: string;
}

/** How our fields go with theirs: changed, tried with real records, kept as a version, taken back. */
export function MappingPage({ api, name, kind }: MappingProps): ReactNode {
  const { w } = useWords();
  const [mapping, setMapping] = useState<CrmMapping | null>(null);
  const [past, setPast] = useState<readonly PastMapping[]>([]);
  const [rules, setRules] = useState<readonly MappingLine[]>([]);
  const [preview, setPreview] = useState<MappingPreview | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const [wrong, setWrong] = useState<DeskFault | null>(null);
  const show = useCallback(
    async (shown: CrmMapping): Promise<void> => {
      setMapping(shown);
      setRules(shown.rules);
      setPreview(null);
      setPast(await api.versions(name, kind));
    },
    [api, name, kind],
  );
  const read = useCallback(() => api.mapping(name, kind).then(show).then(() => setFault(null), (error: unknown) => setFault(asFault(error))), [api, name, kind, show]);
  useEffect(() => void read(), [read]);
  const ask = async <T,>(work: () => Promise<T>, then: (answer: T) => unknown): Promise<void> => {
    setWrong(null);
    try {
      await then(await work());
    } catch (error) {
      setWrong(asFault(error));
    }
  };
  const edit = (lines: readonly MappingLine[]): void => {
    setRules(lines);
    setPreview(null);
  };
  if (mapping === null) return fault === null ? <p className="faint">{w.watch.reading}</p> : <PageFault fault={fault} again={read} />;
  const same = sameLines(rules, mapping.rules);
  const missing = unfilled(mapping, rules);
  return (
    <>
      <p>
        <a href={linkTo('crms', name)}>
          <bdi>{name}</bdi>
        </a>
      </p>
      <header className="page-head">
        <h1>{w.crms.mapOf(word(w.crms.kinds, kind))}</h1>
        <p className="page-text">{mapping.version === 0 ? w.crms.fromFile : w.crms.versionNow(mapping.version)}</p>
      </header>
      {mapping.trouble !== null && (
        <p className="panel-wrong" role="alert">
          {w.crms.fieldsMissing} <bdi lang="en">{mapping.trouble}</bdi>
        </p>
      )}
      <MappingTable mapping={mapping} rules={rules} edit={edit} />
      {missing.length > 0 && (
        <p>
          <Mark shape="warning" /> {w.crms.unfilled(missing.map(({ label }) => label).join(', '))}
        </p>
      )}
      <div className="row">
        <Action label={w.crms.preview} look={same || preview !== null ? 'plain' : 'accent'} hint={w.crms.previewMeans} run={() => ask(() => api.preview(name, kind, rules), setPreview)} />
        <Action
          label={w.crms.saveMapping}
          look={preview !== null && preview.mistakes.length === 0 && !same ? 'accent' : 'plain'}
          hint={w.crms.saveMappingMeans}
          reason={same ? w.crms.nothingChanged : preview === null ? w.crms.previewFirst : preview.mistakes.length > 0 ? w.crms.mendFirst : null}
          run={() => ask(() => api.save(name, kind, mapping.version, rules), show)}
        />
        {!same && <Action label={w.crms.discard} look="quiet" run={() => edit(mapping.rules)} />}
      </div>
      {wrong !== null && (
        <p className="panel-wrong setup-words" role="alert">
          {faultWords(wrong, w)}
        </p>
      )}
      {preview !== null && (
        <section className="crm-tried" aria-live="polite">
          <Mistakes mistakes={preview.mistakes} />
          {preview.mistakes.length === 0 && <p>{preview.read.length + preview.written.length === 0 ? w.crms.noSample : w.crms.previewWell}</p>}
          <Samples title={w.crms.wouldRead} samples={preview.read} from="theirs" />
          <Samples title={w.crms.wouldWrite} samples={preview.written} from="ours" />
        </section>
      )}
      <section>
        <h2>{w.crms.versions}</h2>
        {past.length === 0 && <p className="faint">{w.crms.noVersions}</p>}
        <ol className="crm-versions">
          {past.map((one) => (
            <li key={one.version}>
              <span>
                {w.crms.version(one.version)} <When at={one.at} words={(time) => w.crms.savedBy(one.by, time)} />{' '}
                <span className="faint">{w.crms.lines(one.rules.length)}</span>
              </span>
              {one.version === mapping.version ? (
                <span className="faint">{w.crms.inForce}</span>
              ) : (
                <Action label={w.crms.takeBack(one.version)} look="quiet" hint={w.crms.takeBackMeans} run={() => ask(() => api.takeBack(name, kind, mapping.version, one.version), show)} />
              )}
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
