import { Button } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type CustomerFile, Customers } from '../../client/customers';
import { asFault } from '../../client/faults';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { useDesk } from '../../ui/desk-context';
import { LANGUAGES, LEVELS, PickField, TextField } from './fields';

interface EditProps {
  readonly file: CustomerFile;
  readonly saved: (file: CustomerFile) => void;
  readonly reload: () => void;
}

/** The fields of a customer; protected ones only while the customer is verified. */
export function EditFields({ file, saved, reload }: EditProps): ReactNode {
  const { w } = useWords();
  const { rest } = useDesk();
  const { card, verified } = file;
  const [name, setName] = useState(card.name);
  const [level, setLevel] = useState(card.level as string);
  const [language, setLanguage] = useState(card.language);
  const [tags, setTags] = useState(card.tags.join(', '));
  const [fields, setFields] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(card.sensitive.map((field) => [field.name, field.value ?? ''])),
  );
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const protectedChanged = Object.fromEntries(
    card.sensitive.filter((field) => field.value !== null && fields[field.name] !== field.value).map((field) => [field.name, fields[field.name] ?? '']),
  );
  const differs =
    name !== card.name || level !== card.level || language !== card.language || tags !== card.tags.join(', ') || Object.keys(protectedChanged).length > 0;

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      const list = tags.split(/[,，、]/).map((tag) => tag.trim()).filter((tag) => tag !== '');
      saved(
        await new Customers(rest).change(card.id, {
          version: card.version,
          ...(name === card.name ? {} : { name }),
          ...(level === card.level ? {} : { level }),
          ...(language === card.language ? {} : { language }),
          ...(tags === card.tags.join(', ') ? {} : { tags: list }),
          ...(Object.keys(protectedChanged).length === 0 ? {} : { sensitive: protectedChanged }),
        }),
      );
    } catch (error) {
      setWrong(asFault(error).message);
      setBusy(false);
    }
  };
  return (
    <form className="panel-form" onSubmit={(event) => void save(event)}>
      <TextField label={w.panel.name} value={name} change={setName} autoFocus />
      <div className="field-pair">
        <PickField label={w.panel.level} value={level} options={LEVELS} words={w.card.level} change={setLevel} />
        <PickField label={w.panel.speaks} value={language} options={LANGUAGES} words={w.panel.languages} change={setLanguage} />
      </div>
      <TextField label={w.panel.tags} value={tags} change={setTags} />
      {verified &&
        card.sensitive.map((field) => (
          <TextField
            key={field.name}
            label={word(w.field, field.name)}
            value={fields[field.name] ?? ''}
            change={(value) => setFields({ ...fields, [field.name]: value })}
          />
        ))}
      {!verified && card.sensitive.length > 0 && <p className="faint">{w.panel.protectedHint}</p>}
      {wrong !== null && (
        <p className="panel-wrong" role="alert">
          {wrong}{' '}
          <Button size="small" type="link" onClick={reload}>
            {w.timeline.again}
          </Button>
        </p>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy} disabled={!differs || name.trim() === ''}>
          {w.panel.save}
        </Button>
      </div>
    </form>
  );
}
