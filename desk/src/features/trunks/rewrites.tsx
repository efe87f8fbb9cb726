import { Button, Input } from 'antd';
import type { ReactNode } from 'react';
import type { Rewrite, Side, Wrong } from '../../client/trunks';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { WrongHere } from './wrong-here';

interface RewritesProps {
  readonly rewrites: readonly Rewrite[];
  readonly wrong: readonly Wrong[];
  readonly change: (rewrites: readonly Rewrite[]) => void;
}

const EMPTY: Rewrite = { side: null, pattern: '', replacement: '' };

/** Rules that rewrite a number, tried in their order. */
export function Rewrites({ rewrites, wrong, change }: RewritesProps): ReactNode {
  const { w } = useWords();
  const put = (at: number, rule: Rewrite): void => change(rewrites.map((other, index) => (index === at ? rule : other)));
  const move = (at: number, by: number): void => {
    const rest = rewrites.filter((_, index) => index !== at);
    change([...rest.slice(0, at + by), rewrites[at] ?? EMPTY, ...rest.slice(at + by)]);
  };
  return (
    <fieldset className="rewrites">
      <legend>{w.trunks.rewrites}</legend>
      <p className="faint">{w.trunks.rewritesHint}</p>
      {rewrites.length > 0 && (
        <ol>
          {rewrites.map((rule, at) => (
            <li key={at}>
              <RewriteLine rule={rule} at={at} wrong={wrong} put={(changed) => put(at, changed)} />
              <span className="rewrite-acts">
                <Button type="text" size="small" disabled={at === 0} aria-label={w.trunks.up(at + 1)} onClick={() => move(at, -1)}>
                  {'↑'}
                </Button>
                <Button type="text" size="small" disabled={at === rewrites.length - 1} aria-label={w.trunks.down(at + 1)} onClick={() => move(at, 1)}>
                  {'↓'}
                </Button>
                <Button type="text" size="small" aria-label={w.trunks.drop(at + 1)} onClick={() => change(rewrites.filter((_, index) => index !== at))}>
                  {'✕'}
                </Button>
              </span>
            </li>
          ))}
        </ol>
      )}
      <div className="row">
        <Action label={w.trunks.addRewrite} run={() => change([...rewrites, EMPTY])} />
      </div>
    </fieldset>
  );
}

interface LineProps {
  readonly rule: Rewrite;
  readonly at: number;
  readonly wrong: readonly Wrong[];
  readonly put: (rule: Rewrite) => void;
}

function RewriteLine({ rule, at, wrong, put }: LineProps): ReactNode {
  const { w } = useWords();
  // a rule that was just added is not wrong yet, only empty
  const empty = rule.pattern === '' && rule.replacement === '';
  const mine = empty ? [] : wrong.filter(({ field }) => field.startsWith(`rewrites/${at}/`));
  const bad = (part: string): boolean => mine.some(({ field }) => field.endsWith(part));
  return (
    <div className="rewrite">
      <select
        value={rule.side ?? ''}
        aria-label={w.trunks.sideOf(at + 1)}
        onChange={(event) => put({ ...rule, side: event.target.value === '' ? null : (event.target.value as Side) })}
      >
        <option value="">{w.trunks.side.BOTH}</option>
        <option value="CALLER">{w.trunks.side.CALLER}</option>
        <option value="LINE">{w.trunks.side.LINE}</option>
      </select>
      <Input
        value={rule.pattern}
        aria-label={w.trunks.patternOf(at + 1)}
        aria-invalid={bad('/pattern')}
        placeholder="00852|."
        maxLength={64}
        dir="ltr"
        spellCheck={false}
        autoFocus={empty}
        onChange={(event) => put({ ...rule, pattern: event.target.value })}
      />
      <span aria-hidden>{'→'}</span>
      <Input
        value={rule.replacement}
        aria-label={w.trunks.replacementOf(at + 1)}
        aria-invalid={bad('/replacement')}
        placeholder="+852$"
        maxLength={32}
        dir="ltr"
        spellCheck={false}
        onChange={(event) => put({ ...rule, replacement: event.target.value })}
      />
      <WrongHere wrong={mine} />
    </div>
  );
}
