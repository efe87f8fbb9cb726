import type { ReactNode } from 'react';
import type { CrmKind, CrmMistake, CrmSample, CrmTried } from '../../client/crms';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { Mark } from '../../ui/mark';

/** What a dry run or a test found, with real records. */
export function Tried({ tried }: { readonly tried: CrmTried }): ReactNode {
  const { w } = useWords();
  return (
    <section className="crm-tried" aria-live="polite">
      <p className="strong">
        <Mark shape={tried.ok ? 'ready' : 'warning'} /> {tried.ok ? w.crms.ok : w.crms.notOk}
      </p>
      <Mistakes mistakes={tried.mistakes} />
      {tried.trouble !== null && (
        <p className="panel-wrong">
          <bdi lang="en">{tried.trouble}</bdi>
        </p>
      )}
      {tried.kinds.map((kind) => (
        <Kind key={kind.kind} kind={kind} />
      ))}
    </section>
  );
}

export function Mistakes({ mistakes }: { readonly mistakes: readonly CrmMistake[] }): ReactNode {
  if (mistakes.length === 0) return null;
  return (
    <ol className="setup-wrong" role="alert">
      {mistakes.map((one, at) => (
        <li key={at}>
          <bdi className="id">{one.path}</bdi>
          <p lang="en">{one.detail}</p>
        </li>
      ))}
    </ol>
  );
}

function Kind({ kind }: { readonly kind: CrmKind }): ReactNode {
  const { w } = useWords();
  const failed = kind.looks.filter(({ trouble }) => trouble !== null);
  return (
    <section>
      <h3>{word(w.crms.kinds, kind.kind)}</h3>
      <p className="faint">{kind.capabilities.map((one) => word(w.crms.abilities, one.replace(/.*:/, ''))).join(' · ')}</p>
      {failed.map(({ ability, trouble }) => (
        <p key={ability} className="panel-wrong">
          {w.crms.fails(word(w.crms.abilities, ability))} <bdi lang="en">{trouble}</bdi>
        </p>
      ))}
      {kind.rules.length === 0 && <p className="faint">{w.crms.notMapped}</p>}
      <Samples title={w.crms.wouldRead} samples={kind.read} from="theirs" />
      <Samples title={w.crms.wouldWrite} samples={kind.written} from="ours" />
    </section>
  );
}

interface SamplesProps {
  readonly title: string;
  readonly samples: readonly CrmSample[];
  /** On which side they stand now. */
  readonly from: 'ours' | 'theirs';
}

/** Real records: what stands on one side, and what would stand on the other. */
export function Samples({ title, samples, from }: SamplesProps): ReactNode {
  const { w } = useWords();
  if (samples.length === 0) return null;
  const to = from === 'ours' ? 'theirs' : 'ours';
  return (
    <details className="crm-samples">
      <summary>{w.crms.samples(title, samples.length)}</summary>
      <ul>
        {samples.map((sample) => (
          <li key={sample.id}>
            <p className="id">
              <bdi>{sample.id}</bdi>
            </p>
            {sample.trouble !== null && (
              <p className="panel-wrong">
                <bdi lang="en">{sample.trouble}</bdi>
              </p>
            )}
            <div className="crm-sides">
              <Side title={from === 'ours' ? w.crms.ours : w.crms.theirs} fields={sample[from]} />
              <Side title={to === 'ours' ? w.crms.ours : w.crms.theirs} fields={sample[to]} />
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Side({ title, fields }: { readonly title: string; readonly fields: Readonly<Record<string, string>> }): ReactNode {
  const { w } = useWords();
  const all = Object.entries(fields);
  return (
    <div>
      <p className="strong">{title}</p>
      {all.length === 0 && <p className="faint">{w.crms.noField}</p>}
      <dl>
        {all.map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>{value === '' ? <span className="faint">{w.crms.empty}</span> : <bdi>{value}</bdi>}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
