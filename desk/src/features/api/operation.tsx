import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n/language';
import type { Tester } from './api-page';
import { type ApiDocument, type Operation, type Parameter, typeOf } from './document';
import { Fields } from './fields';
import { TryIt } from './try-it';

interface OneOperationProps {
  readonly of: Operation;
  readonly document: ApiDocument;
  readonly tester: Tester;
}

/** One operation: a line, and behind it everything about it. */
export function OneOperation({ of, document, tester }: OneOperationProps): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details className="api-operation" onToggle={(event) => event.target === event.currentTarget && setOpen(event.currentTarget.open)}>
      <summary>
        <code className="api-method" data-method={of.method}>
          {of.method}
        </code>{' '}
        <code className="api-path">{of.path}</code> <span className="api-summary">{of.summary}</span>
      </summary>
      {open && <Whole of={of} document={document} tester={tester} />}
    </details>
  );
}

function Whole({ of, document, tester }: OneOperationProps): ReactNode {
  const { w } = useWords();
  return (
    <div className="api-whole">
      <p>
        <span className="faint">{w.api.needs}</span>{' '}
        {of.forAnybody ? w.api.anybody : of.needs.length === 0 ? w.api.signedInOnly : <code>{of.needs.join(' | ')}</code>}
      </p>
      {of.parameters.length > 0 && (
        <>
          <h3>{w.api.parameters}</h3>
          <ul className="api-fields">
            {of.parameters.map((one) => (
              <ParameterLine key={`${one.in} ${one.name}`} of={one} />
            ))}
          </ul>
        </>
      )}
      {of.body !== null && (
        <>
          <h3>
            {w.api.body} <code>{of.body.type}</code>
          </h3>
          <Fields document={document} schema={of.body.schema} />
          {of.body.example !== '' && (
            <>
              <h3>{w.api.example}</h3>
              <pre tabIndex={0} aria-label={w.api.example}>
                {of.body.example}
              </pre>
            </>
          )}
        </>
      )}
      <h3>{w.api.answers}</h3>
      <ul className="api-answers">
        {of.answers.map(({ status, schema }) => (
          <li key={status}>
            <span className="figures strong">{status === 'default' ? w.api.otherwise : status}</span>
            {schema === undefined ? <span className="faint"> {w.api.noBody}</span> : <Fields document={document} schema={schema} />}
          </li>
        ))}
      </ul>
      <TryIt of={of} tester={tester} />
    </div>
  );
}

function ParameterLine({ of }: { readonly of: Parameter }): ReactNode {
  const { w } = useWords();
  return (
    <li>
      <code>{of.name}</code> <span className="faint">{[of.in, typeOf(of.schema)].join(' · ')}</span>{' '}
      {of.required === true && <span>{w.api.required}</span>}
      {of.schema?.default !== undefined && <span className="faint"> {w.api.usually(String(of.schema.default))}</span>}
    </li>
  );
}
