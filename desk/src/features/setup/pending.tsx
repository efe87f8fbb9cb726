import type { ReactNode } from 'react';
import type { SetupChange, SetupWrong } from '../../client/setup';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { linkTo } from '../../ui/place';
import { faultWords } from '../../ui/fault-words';
import { changeWords, listed } from './change-words';
import { labelOf, nameOf } from './entries';
import type { SetupView, SetupWork } from './work';
import { placeOf, wrongWords } from './wrongs';

interface PendingProps {
  readonly view: SetupView;
  readonly work: SetupWork;
  readonly mayNot: string | null;
}

/** What is changed and not in force yet, in words, and what can be done about it. */
export function Pending({ view, work, mayNot }: PendingProps): ReactNode {
  const { w } = useWords();
  const { changed, changes, wrong, saved, fault, undoable } = view;
  const isChanged = changed.length > 0;
  const reason = mayNot ?? (!isChanged ? w.setupForm.unchanged : changes === null ? w.setupForm.checking : wrong.length > 0 ? w.setup.wrongFirst : changes.length === 0 ? w.setup.nothing : null);
  if (!isChanged && !saved && !undoable && fault === null && view.passwords.length === 0) return null;
  return (
    <div className="pending setup-pending" role="region" aria-label={w.setupForm.pending}>
      <Passwords view={view} work={work} />
      {view.meanwhile.length > 0 && <Meanwhile view={view} />}
      {isChanged && (
        <>
          <h2>
            {w.setupForm.pending} <span className="faint">{w.setupForm.pendingText}</span>
          </h2>
          {wrong.length > 0 ? <WrongList wrong={wrong} view={view} work={work} /> : <Changes changes={changes ?? []} view={view} />}
        </>
      )}
      <p role="status" className={fault === null ? 'faint' : 'panel-wrong'}>
        {fault !== null ? faultWords(fault, w) : isChanged ? (changes === null ? w.setupForm.checking : changes.length === 0 && wrong.length === 0 ? w.setup.nothing : '') : saved ? w.setupForm.applied : ''}
      </p>
      <div className="row">
        {isChanged && <Action label={w.setup.apply} look="accent" reason={reason} hint={w.setupForm.applyMeans} run={() => work.apply()} />}
        {isChanged && <Action label={w.setupForm.discard} look="quiet" run={() => work.discard()} />}
        {fault !== null && <Action label={w.timeline.again} run={() => work.again()} />}
        {!isChanged && undoable && <Action label={w.setupForm.takeBack} hint={w.setupForm.takeBackMeans} reason={mayNot} run={() => work.takeBack()} />}
        {isChanged && <span className="faint by-keys">{w.setupForm.kept}</span>}
      </div>
    </div>
  );
}

/** Of new users: there for once. */
function Passwords({ view, work }: Pick<PendingProps, 'view' | 'work'>): ReactNode {
  const { w } = useWords();
  if (view.passwords.length === 0) return null;
  return (
    <div className="setup-passwords" role="alert">
      <p>{w.setup.passwords}</p>
      <ul>
        {view.passwords.map(({ user, password }) => (
          <li key={user}>
            <bdi>{user}</bdi> <code>{password}</code>
          </li>
        ))}
      </ul>
      <Action label={w.setupForm.seen} run={() => work.seen()} />
    </div>
  );
}

function Meanwhile({ view }: Pick<PendingProps, 'view'>): ReactNode {
  const { w, language } = useWords();
  return (
    <div className="setup-meanwhile" role="alert">
      <p>
        <strong>{w.setupForm.meanwhile}.</strong> {w.setupForm.meanwhileText}
      </p>
      <Changes changes={view.meanwhile} view={view} />
      {view.both.length > 0 && <p>{w.setupForm.both(listed(view.both, language))}</p>}
    </div>
  );
}

/** Changes in words, each under what it is of. */
export function Changes({ changes, view }: { readonly changes: readonly SetupChange[]; readonly view: Pick<SetupView, 'sections'> }): ReactNode {
  const { w, language } = useWords();
  return (
    <ul className="setup-changes">
      {changes.map((change) => {
        const entry = view.sections[change.section]?.find((one) => nameOf(change.section, one) === change.name);
        const label = entry === undefined ? change.name : labelOf(change.section, entry, language);
        return (
          <li key={`${change.section} ${change.name}`}>
            <span className="faint">{w.setup.sections[change.section]}</span>{' '}
            {change.name !== '*' && (
              <strong>
                <bdi>{label}</bdi>
              </strong>
            )}{' '}
            {w.setup.kinds[change.kind]}
            {changeWords(change, w, language).map(({ field, text }) => (
              <span key={field} className="setup-said">
                <span className="faint">{field}:</span> <bdi>{text}</bdi>
              </span>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

interface WrongListProps extends Pick<PendingProps, 'view' | 'work'> {
  readonly wrong: readonly SetupWrong[];
}

/** Everything that cannot be used, with the way to where it stands. */
function WrongList({ wrong, view, work }: WrongListProps): ReactNode {
  const { w, language } = useWords();
  const show = (one: SetupWrong): void => {
    const { section, index } = placeOf(one);
    if (section === null || index === null) return;
    work.look({ section, index });
    location.hash = linkTo('setup', section);
  };
  return (
    <>
      <p className="panel-wrong">{w.setupForm.wrongAt(wrong.length)}</p>
      <ul className="setup-wrongs">
        {wrong.slice(0, 6).map((one, at) => {
          const { section, index, field } = placeOf(one);
          const entry = section === null || index === null ? undefined : view.sections[section]?.[index];
          return (
            <li key={at}>
              {section !== null && <span className="faint">{w.setup.sections[section]}</span>}{' '}
              {section !== null && entry !== undefined && (
                <button type="button" className="link" onClick={() => show(one)}>
                  <bdi>{labelOf(section, entry, language) || w.setupForm.unnamed}</bdi>
                </button>
              )}{' '}
              {field !== null && <span className="faint">{word(w.setupForm.labels, field)}:</span>} <bdi>{wrongWords(one.detail, w)}</bdi>
            </li>
          );
        })}
        {wrong.length > 6 && <li className="faint">{w.setupForm.more(wrong.length - 6)}</li>}
      </ul>
    </>
  );
}
