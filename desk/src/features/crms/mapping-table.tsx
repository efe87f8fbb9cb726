import { Input } from 'antd';
import type { ReactNode } from 'react';
import { CONVERSIONS, type CrmMapping, type MappingLine, type OurField, type TheirField, WAYS, WINNERS } from '../../client/crms';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { changed, linesOf, matched, tableFor } from './lines';

interface TableProps {
  readonly mapping: CrmMapping;
  readonly rules: readonly MappingLine[];
  readonly edit: (rules: readonly MappingLine[]) => void;
}

const TABLE = 'table';

/** Ours on one side, theirs on the other; on a narrow screen each is a block. */
export function MappingTable({ mapping, rules, edit }: TableProps): ReactNode {
  const { w } = useWords();
  return (
    <ul className="crm-mapping" aria-label={w.crms.fields}>
      {linesOf(mapping, rules).map(({ ours, line }) => (
        <Line key={ours.name} ours={ours} line={line} mapping={mapping} rules={rules} edit={edit} />
      ))}
    </ul>
  );
}

interface LineProps extends TableProps {
  readonly ours: OurField;
  readonly line: MappingLine | null;
}

function Line({ ours, line, mapping, rules, edit }: LineProps): ReactNode {
  const { w } = useWords();
  const theirs = mapping.theirs.find((field) => field.name === line?.theirs);
  const called = word(w.crms.ourFields, ours.name);
  const change = (to: Partial<MappingLine>): void => edit(changed(rules, ours.name, to));
  const convert = line?.table != null ? TABLE : (line?.convert ?? '');
  const setConvert = (to: string): void =>
    change(to === TABLE ? { convert: null, table: tableFor(ours, theirs, line?.table ?? null) } : { convert: to === '' ? null : to, table: null });
  return (
    <li>
      <span className="crm-ours">
        {called} <bdi className="id">{ours.name}</bdi>
      </span>
      <TheirChoice label={w.crms.counterpart(called)} mapping={mapping} chosen={line?.theirs ?? ''} choose={(name) => edit(matched(rules, ours, fieldOf(mapping, name)))} />
      {line !== null && (
        <>
          <Choice label={w.crms.wayOf(called)} value={line.way ?? ''} values={theirs?.readOnly === true ? ['in'] : WAYS} words={w.crms.ways} choose={(way) => change({ way })} />
          <Choice label={w.crms.convertOf(called)} value={convert} values={['', ...CONVERSIONS.filter((one) => fits(one, ours)), TABLE]} words={w.crms.converts} choose={setConvert} />
          <Choice label={w.crms.winsOf(called)} value={line.wins ?? ''} values={['', ...WINNERS]} words={w.crms.winners} choose={(wins) => change({ wins: wins === '' ? null : wins })} />
          {theirs !== undefined && (theirs.required || theirs.readOnly) && (
            <span className="faint crm-marks">{[theirs.required && w.crms.required, theirs.readOnly && w.crms.readOnly].filter(Boolean).join(' · ')}</span>
          )}
          {line.table !== null && <Counterparts table={line.table} theirs={theirs} change={(table) => change({ table })} />}
        </>
      )}
    </li>
  );
}

function fieldOf(mapping: CrmMapping, name: string): TheirField | null {
  if (name === '') return null;
  return mapping.theirs.find((field) => field.name === name) ?? { name, label: name, type: 'TEXT', required: false, readOnly: false, options: [], suits: null };
}

function fits(conversion: string, ours: OurField): boolean {
  if (conversion.endsWith('phone') || conversion === 'phones') return ours.name === 'phones' || ours.name === 'number';
  if (conversion.endsWith('email') || conversion === 'emails') return ours.name === 'emails';
  return conversion === 'as-is' || ours.type === 'TIME';
}

interface TheirProps {
  readonly label: string;
  readonly mapping: CrmMapping;
  readonly chosen: string;
  readonly choose: (name: string) => void;
}

/** Of a list where the system has one, else typed. */
function TheirChoice({ label, mapping, chosen, choose }: TheirProps): ReactNode {
  const { w } = useWords();
  if (mapping.theirs.length === 0) {
    return <Input value={chosen} onChange={(event) => choose(event.target.value.trim())} aria-label={label} placeholder={w.crms.notFlowing} dir="ltr" spellCheck={false} />;
  }
  const known = mapping.theirs.some(({ name }) => name === chosen);
  return (
    <select value={chosen} aria-label={label} onChange={(event) => choose(event.target.value)}>
      <option value="">{w.crms.notFlowing}</option>
      {chosen !== '' && !known && <option value={chosen}>{w.crms.goneThere(chosen)}</option>}
      {mapping.theirs.map((field) => (
        <option key={field.name} value={field.name}>
          {field.label === field.name ? field.name : `${field.label} (${field.name})`}
          {field.required && ' *'}
        </option>
      ))}
    </select>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly words: object;
  readonly choose: (value: string) => void;
}

function Choice({ label, value, values, words, choose }: ChoiceProps): ReactNode {
  const { w } = useWords();
  const all = values.includes(value) ? values : [value, ...values];
  return (
    <select value={value} aria-label={label} onChange={(event) => choose(event.target.value)}>
      {all.map((one) => (
        <option key={one} value={one}>
          {one === '' ? w.crms.usual : word(words, one)}
        </option>
      ))}
    </select>
  );
}

interface CounterpartsProps {
  readonly table: Readonly<Record<string, string>>;
  readonly theirs: TheirField | undefined;
  readonly change: (table: Readonly<Record<string, string>>) => void;
}

function Counterparts({ table, theirs, change }: CounterpartsProps): ReactNode {
  const { w } = useWords();
  return (
    <div className="crm-counterparts">
      {Object.entries(table).map(([ours, value]) => (
        <label key={ours}>
          <bdi>{ours}</bdi>
          {theirs !== undefined && theirs.options.length > 0 ? (
            <select value={value} aria-label={w.crms.counterpart(ours)} onChange={(event) => change({ ...table, [ours]: event.target.value })}>
              {[...new Set(['', value, ...theirs.options])].map((option) => (
                <option key={option} value={option}>
                  {option === '' ? w.crms.none2 : option}
                </option>
              ))}
            </select>
          ) : (
            <Input value={value} aria-label={w.crms.counterpart(ours)} onChange={(event) => change({ ...table, [ours]: event.target.value })} dir="auto" />
          )}
        </label>
      ))}
      {Object.keys(table).length === 0 && <p className="faint">{w.crms.noTable}</p>}
    </div>
  );
}
