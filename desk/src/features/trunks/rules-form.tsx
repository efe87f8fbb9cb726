import { Button, Input } from 'antd';
import { type ReactNode, useId } from 'react';
import type { Rules, Wrong } from '../../client/trunks';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { ListField } from './list-field';
import { Rewrites } from './rewrites';
import { WrongHere } from './wrong-here';

interface RulesFormProps {
  readonly rules: Rules;
  readonly wrong: readonly Wrong[];
  readonly edit: (rules: Rules) => void;
}

const SOURCES = ['REQUEST_LINE', 'TO', 'DIVERSION', 'HISTORY_INFO', 'P_CALLED_PARTY_ID'] as const;

/** How a trunk's numbers shall be read, each part with what is wrong with it. */
export function RulesForm({ rules, wrong, edit }: RulesFormProps): ReactNode {
  const { w } = useWords();
  const of = (field: string): readonly Wrong[] => wrong.filter((one) => one.field === field);
  return (
    <div className="rules-form">
      <div className="field-pair">
        <ShortField label={w.trunks.fields.region} hint={w.trunks.regionHint} value={rules.region} wrong={of('region')} longest={2} change={(region) => edit({ ...rules, region: region.toUpperCase() })} />
        <ShortField label={w.trunks.fields.areaCode} hint={w.trunks.areaCodeHint} value={rules.areaCode} wrong={of('areaCode')} longest={6} change={(areaCode) => edit({ ...rules, areaCode })} />
        <ListField label={w.trunks.fields.outsidePrefixes} hint={w.trunks.outsideHint} field="outsidePrefixes" entries={rules.outsidePrefixes} wrong={wrong} change={(outsidePrefixes) => edit({ ...rules, outsidePrefixes })} />
      </div>
      <Rewrites rewrites={rules.rewrites} wrong={wrong} change={(rewrites) => edit({ ...rules, rewrites })} />
      <Sources chosen={rules.lineFrom} change={(lineFrom) => edit({ ...rules, lineFrom })} />
      <label className="tick">
        <input type="checkbox" checked={rules.trustAsserted} onChange={(event) => edit({ ...rules, trustAsserted: event.target.checked })} />
        <span>
          {w.trunks.fields.trustAsserted}
          <span className="faint">{w.trunks.trustHint}</span>
        </span>
      </label>
      <ListField label={w.trunks.fields.ownNumbers} hint={w.trunks.ownHint} field="ownNumbers" entries={rules.ownNumbers} wrong={wrong} lines change={(ownNumbers) => edit({ ...rules, ownNumbers })} />
      <WrongHere wrong={of('rules')} />
    </div>
  );
}

interface ShortFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly wrong: readonly Wrong[];
  readonly longest: number;
  readonly change: (value: string) => void;
}

function ShortField({ label, hint, value, wrong, longest, change }: ShortFieldProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={value}
        maxLength={longest}
        dir="ltr"
        spellCheck={false}
        aria-invalid={wrong.length > 0}
        aria-describedby={`${id}-hint`}
        onChange={(event) => change(event.target.value.trim())}
      />
      <span id={`${id}-hint`} className="faint">
        {hint}
      </span>
      <WrongHere wrong={wrong} />
    </div>
  );
}

interface SourcesProps {
  readonly chosen: readonly string[];
  readonly change: (chosen: readonly string[]) => void;
}

/** Where the dialled line is looked for, in the order in which they were chosen; the last one stays. */
function Sources({ chosen, change }: SourcesProps): ReactNode {
  const { w } = useWords();
  const toggle = (source: string): void => {
    if (!chosen.includes(source)) change([...chosen, source]);
    else if (chosen.length > 1) change(chosen.filter((other) => other !== source));
  };
  return (
    <fieldset className="sources">
      <legend>{w.trunks.fields.lineFrom}</legend>
      <div className="row">
        {SOURCES.map((source) => {
          const at = chosen.indexOf(source);
          return (
            <Button key={source} size="small" aria-pressed={at >= 0} className={at >= 0 ? 'source-chosen' : ''} onClick={() => toggle(source)}>
              {at >= 0 && <span className="figures strong">{at + 1}</span>} {word(w.trunks.sources, source)}
            </Button>
          );
        })}
      </div>
      <p className="faint">{w.trunks.sourcesHint}</p>
    </fieldset>
  );
}
