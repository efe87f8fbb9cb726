import { Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type Trunk, USUAL } from '../../client/trunks';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { linkTo } from '../../ui/place';

interface TrunkListProps {
  readonly trunks: readonly Trunk[];
  readonly name: string;
  readonly mayAdd: boolean;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Trunks that have rules, the usual ones first; another one by its name on the switch. */
export function TrunkList({ trunks, name, mayAdd }: TrunkListProps): ReactNode {
  const { w } = useWords();
  const [fresh, setFresh] = useState('');
  const others = trunks.map((trunk) => trunk.name).filter((other) => other !== USUAL);
  const all = [USUAL, ...others, ...(name === USUAL || others.includes(name) ? [] : [name])];
  const wanted = fresh.trim();
  const add = (): void => {
    if (!NAME.test(wanted)) return;
    setFresh('');
    location.hash = linkTo('trunks', wanted);
  };
  return (
    <div className="trunk-list">
      <nav className="page-links" aria-label={w.trunks.list}>
        {all.map((other) => (
          <a key={other} href={linkTo('trunks', other)} aria-current={other === name ? 'page' : undefined}>
            <bdi>{other === USUAL ? w.trunks.usual : other}</bdi>
          </a>
        ))}
      </nav>
      {mayAdd && (
        <form
          className="row"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            add();
          }}
        >
          <Input value={fresh} onChange={(event) => setFresh(event.target.value)} placeholder={w.trunks.newName} aria-label={w.trunks.newName} maxLength={100} dir="ltr" spellCheck={false} />
          <Action label={w.trunks.add} reason={wanted === '' ? w.trunks.nameFirst : NAME.test(wanted) ? null : w.trunks.nameRule} run={add} />
        </form>
      )}
    </div>
  );
}
