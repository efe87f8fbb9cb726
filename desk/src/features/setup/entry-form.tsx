import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import type { Entry, SetupWrong } from '../../client/setup';
import { useWords } from '../../i18n/language';
import { means } from '../../keys/keys';
import { Action } from '../../ui/action';
import { NoticeField, PhoneField, RightsField } from './compound-fields';
import { alike, labelOf, nameOf, withValue } from './entries';
import { HolidaysField, WeekField } from './hours-fields';
import { type FieldProps, WrongOf } from './labelled';
import { Picker } from './picker';
import { type FieldShape, type FormSection, FRESH, SHAPES } from './shape';
import { ChoiceField, FixedField, FlagField, GroupField, NumberField, OneField, TextField, TextsField } from './simple-fields';
import type { SetupView, SetupWork } from './work';
import { placeOf, wrongOf } from './wrongs';

interface FormProps {
  readonly section: FormSection;
  readonly index: number;
  readonly view: SetupView;
  readonly work: SetupWork;
  readonly mayNot: string | null;
}

/** One entry with all of its fields. */
export function EntryForm({ section, index, view, work, mayNot }: FormProps): ReactNode {
  const { w, language } = useWords();
  const head = useRef<HTMLHeadingElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const entries = view.sections[section] ?? [];
  const entry = entries[index] ?? {};
  const kept = view.file?.sections[section]?.find((one) => nameOf(section, one) === nameOf(section, entry));
  const isNew = kept === undefined;
  const wrong = wrongOf(view.wrong, section, index);
  useEffect(() => {
    const first = isNew ? box.current?.querySelector<HTMLElement>('input, select') : null;
    (first ?? head.current)?.focus();
    // only when another one is opened: while a name is typed it may look new
  }, [section, index]);
  const set = (changed: Entry): void => work.edit(section, entries.map((other, at) => (at === index ? changed : other)));
  const keys = (event: KeyboardEvent): void => {
    if (!means('back', event.key)) return;
    event.preventDefault();
    work.look(null);
  };
  const child = (): void => {
    work.edit(section, [...entries, { ...FRESH.dispositions, in: nameOf(section, entry) }]);
    work.look({ section, index: entries.length });
  };
  return (
    <div ref={box} className="setup-form" onKeyDown={keys}>
      <header>
        <h2 ref={head} tabIndex={-1}>
          <bdi>{labelOf(section, entry, language) || w.setupForm.unnamed}</bdi>
        </h2>
        <div className="row">
          <span className="setup-back">
            <Action label={w.setupForm.back} look="quiet" run={() => work.look(null)} />
          </span>
          {section === 'dispositions' && nameOf(section, entry) !== '' && <Action label={w.setupForm.below} look="quiet" reason={mayNot} run={child} />}
          {kept !== undefined && !alike(kept, entry) && <Action label={w.setupForm.revert} look="quiet" run={() => set(kept)} />}
          {(section !== 'users' || isNew) && (
            <Action
              label={w.setupForm.remove}
              look="quiet"
              reason={mayNot}
              run={() => {
                work.look(null);
                work.edit(section, entries.filter((_, at) => at !== index));
              }}
            />
          )}
        </div>
      </header>
      <WrongOf id={`${section}-wrong`} wrong={wrong.filter((one) => placeOf(one).field === null)} />
      <fieldset className="setup-fields" disabled={mayNot !== null}>
        {SHAPES[section].map((part) => (
          <section key={part.head ?? ''} className="setup-part">
            {part.head !== null && <h3>{w.setupForm.parts[part.head as keyof typeof w.setupForm.parts]}</h3>}
            {part.fields
              .filter(({ when }) => when?.(entry) ?? true)
              .map((shape) => (
                <Field key={shape.name} shape={shape} entry={entry} isNew={isNew} wrong={wrong} set={set} view={view} work={work} />
              ))}
          </section>
        ))}
      </fieldset>
    </div>
  );
}

interface OneProps extends Pick<FormProps, 'view' | 'work'> {
  readonly shape: FieldShape;
  readonly entry: Entry;
  readonly isNew: boolean;
  readonly wrong: readonly SetupWrong[];
  readonly set: (entry: Entry) => void;
}

function Field({ shape, entry, isNew, wrong, set, view, work }: OneProps): ReactNode {
  const id = useId();
  const { name } = shape;
  const props: FieldProps = {
    id, name, entry, sections: view.sections,
    wrong: wrong.filter((one) => placeOf(one).field === name),
    set: (value) => set(withValue(entry, name, value)),
  };
  if (shape.once && !isNew) return <FixedField {...props} />;
  switch (shape.kind) {
    case 'text':
      return <TextField {...props} shape={shape} />;
    case 'number':
      return <NumberField {...props} shape={shape} />;
    case 'choice':
      return <ChoiceField {...props} shape={shape} />;
    case 'flag':
      return <FlagField {...props} shape={shape} />;
    case 'one':
      return <OneField {...props} shape={shape} />;
    case 'group':
      return <GroupField {...props} />;
    case 'texts':
      return <TextsField {...props} />;
    case 'notice':
      return <NoticeField {...props} message={shape.message === true} />;
    case 'phone':
      return <PhoneField {...props} />;
    case 'rights':
      return <RightsField {...props} />;
    case 'week':
      return <WeekField {...props} />;
    case 'holidays':
      return <HolidaysField {...props} />;
    case 'some':
      return <Some {...props} of={shape.of} />;
    case 'members':
      return <Members {...props} work={work} />;
  }
}

function Some(props: FieldProps & { readonly of: Extract<FieldShape, { kind: 'some' }>['of'] }): ReactNode {
  const { w } = useWords();
  const { entry, name, sections, of } = props;
  const chosen = Array.isArray(entry[name]) ? (entry[name] as readonly unknown[]).map(String) : [];
  return <Picker {...props} all={sections[of] ?? []} chosen={chosen} unseen={sections[of] === undefined ? w.setupForm.noUsers : null} />;
}

/** Who is in a team stands with the users. */
function Members(props: FieldProps & { readonly work: SetupWork }): ReactNode {
  const { w } = useWords();
  const { entry, sections, work } = props;
  const { users } = sections;
  const team = nameOf('teams', entry);
  const chosen = (users ?? []).filter((user) => team !== '' && user['team'] === team).map((user) => nameOf('users', user));
  const set = (wanted: readonly string[]): void => {
    const changed = (users ?? []).map((user) => {
      const isIn = user['team'] === team;
      const shall = wanted.includes(nameOf('users', user));
      return isIn === shall ? user : withValue(user, 'team', shall ? team : undefined);
    });
    work.edit('users', changed);
  };
  return <Picker {...props} of="users" all={users ?? []} chosen={chosen} set={set} unseen={users === undefined ? w.setupForm.noUsers : team === '' ? w.setupForm.wrong.missing : null} />;
}
