import type { ReactNode } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { cardOf } from '../../store/select';
import { Choices } from '../../ui/choices';
import { useMe, useView } from '../../ui/desk-context';
import { Menu } from '../../ui/menu';
import { on, useOutcomes } from '../wrap-up/dispositions';

interface TemplatesProps {
  readonly call: CallView;
  readonly insert: (text: string) => void;
}

/** Texts that notes often begin with; nothing where none are set up for this line. */
export function Templates({ call, insert }: TemplatesProps): ReactNode {
  const { w, locale } = useWords();
  const me = useMe();
  const name = useView((view) => cardOf(view, call)?.name ?? call.callerName ?? '');
  const templates = on(call.lineNumber, useOutcomes().templates);
  if (templates.length === 0) return null;
  const values = {
    customer: name,
    number: call.number ?? '',
    date: new Date().toLocaleDateString(locale),
    agent: me.name,
  };
  return (
    <Menu title={w.notes.templates} placement="bottomRight" around="notes-templates" label={w.notes.template} look="quiet" hotkey="template">
      {(close) => (
        <Choices
          label={w.notes.templates}
          items={templates.map(({ id, label, text }) => ({
            code: id,
            label,
            more: <span className="faint template-text">{filled(text, values)}</span>,
          }))}
          choose={(id) => {
            close();
            insert(filled(templates.find((template) => template.id === id)?.text ?? '', values));
          }}
        />
      )}
    </Menu>
  );
}

/** The text with what stands for `{customer}`, `{number}`, `{date}` and `{agent}`; other braces stay. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : whole));
}
