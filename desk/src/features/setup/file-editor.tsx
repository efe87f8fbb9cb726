import { Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { asFault, type DeskFault } from '../../client/faults';
import type { SetupAnswer, SetupApi, SetupChange, SetupFile } from '../../client/setup';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { faultWords } from '../../ui/fault-words';

interface FileEditorProps {
  readonly api: SetupApi;
  readonly file: SetupFile;
  /** Why nothing can be changed; null when it can. */
  readonly mayNot: string | null;
  readonly changed: () => void;
}

/** The file itself: changed, compared, applied. */
export function FileEditor({ api, file, mayNot, changed }: FileEditorProps): ReactNode {
  const { w } = useWords();
  const id = useId();
  const [text, setText] = useState(file.yaml);
  const [answer, setAnswer] = useState<SetupAnswer | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const ask = async (work: () => Promise<SetupAnswer>): Promise<void> => {
    setFault(null);
    try {
      const told = await work();
      setAnswer(told);
      // passwords are shown once: the page is read anew when they have been seen
      if (told.applied && told.passwords.length === 0) changed();
    } catch (error) {
      setFault(asFault(error));
    }
  };
  const type = (value: string): void => {
    setText(value);
    setAnswer(null);
  };
  const ready = answer !== null && !answer.applied;
  const reason = mayNot ?? (!ready ? w.setup.checkFirst : answer.wrong.length > 0 ? w.setup.wrongFirst : answer.changes.length === 0 ? w.setup.nothing : null);
  return (
    <section className="setup-file">
      <h2>{w.setup.edit}</h2>
      <p className="page-text">{w.setup.fileText}</p>
      <label htmlFor={id}>{w.setup.file}</label>
      <Input.TextArea id={id} value={text} onChange={(event) => type(event.target.value)} rows={20} dir="ltr" spellCheck={false} aria-describedby={`${id}-hint`} readOnly={mayNot !== null} />
      <span id={`${id}-hint`} className="faint">
        {w.setup.hint}
      </span>
      <div className="row">
        <Action label={w.setup.check} look={ready ? 'plain' : 'accent'} reason={mayNot} run={() => ask(() => api.check(text))} />
        <Action label={w.setup.apply} look={reason === null ? 'accent' : 'plain'} reason={reason} run={() => ask(() => api.apply(text, answer?.basedOn ?? file.basedOn))} />
        {text !== file.yaml && <Action label={w.setup.discard} look="quiet" run={() => type(file.yaml)} />}
      </div>
      <div role="status">
        {fault !== null && <p className="panel-wrong setup-words">{faultWords(fault, w)}</p>}
        {answer !== null && <Answer answer={answer} />}
      </div>
    </section>
  );
}

function Answer({ answer }: { readonly answer: SetupAnswer }): ReactNode {
  const { w } = useWords();
  if (answer.wrong.length > 0) {
    return (
      <>
        <p className="panel-wrong">{w.setup.wrong(answer.wrong.length)}</p>
        <ol className="setup-wrong">
          {answer.wrong.map((one, at) => (
            <li key={at}>
              <strong className="figures">{w.setup.at(one.line, one.column)}</strong> <bdi className="faint">{one.path}</bdi>
              <p>{one.detail}</p>
            </li>
          ))}
        </ol>
      </>
    );
  }
  return (
    <>
      <p>{answer.applied ? w.setup.done : answer.changes.length === 0 ? w.setup.nothing : w.setup.changes(answer.changes.length)}</p>
      {answer.passwords.length > 0 && (
        <>
          <p>{w.setup.passwords}</p>
          <ul>
            {answer.passwords.map(({ user, password }) => (
              <li key={user}>
                <bdi>{user}</bdi> <code>{password}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      {!answer.applied && (
        <ul className="setup-changes">
          {answer.changes.map((change) => (
            <Changed key={`${change.section} ${change.name}`} change={change} />
          ))}
        </ul>
      )}
    </>
  );
}

function Changed({ change }: { readonly change: SetupChange }): ReactNode {
  const { w } = useWords();
  return (
    <li>
      <p>
        <span className="faint">{w.setup.sections[change.section]}</span>{' '}
        <strong>
          <bdi>{change.name}</bdi>
        </strong>{' '}
        {w.setup.kinds[change.kind]}
      </p>
      <ul className="differences">
        {change.fields.map((field) => (
          <li key={field.name}>
            <span className="faint">{field.name}</span>
            {field.gone.map((text, at) => (
              <del key={`-${at}`}>
                <bdi>{text}</bdi>
              </del>
            ))}
            {field.come.map((text, at) => (
              <ins key={`+${at}`}>
                <bdi>{text}</bdi>
              </ins>
            ))}
          </li>
        ))}
      </ul>
    </li>
  );
}
