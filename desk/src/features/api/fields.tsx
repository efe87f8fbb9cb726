import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n/language';
import { type ApiDocument, recordOf, type Schema, typeOf } from './document';

interface FieldsProps {
  readonly document: ApiDocument;
  readonly schema: Schema | undefined;
}

/** The fields of a record; what is a record itself is opened when somebody wants to see it. */
export function Fields({ document, schema }: FieldsProps): ReactNode {
  const { w } = useWords();
  const record = recordOf(document, schema);
  if (record === null) return <p className="faint">{typeOf(schema)}</p>;
  return (
    <>
      {schema?.$ref === undefined ? null : <p className="faint">{typeOf(schema)}</p>}
      <ul className="api-fields">
        {Object.entries(record.properties ?? {}).map(([name, field]) => (
          <li key={name}>
            <code>{name}</code> {record.required?.includes(name) === true && <span>{w.api.required} </span>}
            {recordOf(document, field) === null ? <span className="faint">{typeOf(field)}</span> : <Inner document={document} schema={field} />}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Drawn only when it is open: a record may hold itself. */
function Inner({ document, schema }: FieldsProps): ReactNode {
  const [open, setOpen] = useState(false);
  const held = schema?.items ?? schema;
  return (
    <details className="api-inner" onToggle={(event) => event.target === event.currentTarget && setOpen(event.currentTarget.open)}>
      <summary>{typeOf(schema) === '' ? typeOf(held) : typeOf(schema)}</summary>
      {open && <Fields document={document} schema={schema} />}
    </details>
  );
}
