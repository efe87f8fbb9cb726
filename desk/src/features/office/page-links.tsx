import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { SystemApi } from '../../client/system';
import { WatchApi } from '../../client/watch';
import { useWords } from '../../i18n/language';
import { linkTo, usePlace } from '../../ui/place';
import type { OpenCounts } from './open-counts';
import { type ListedPage, pagesOf } from './rights';
import { useVisitor } from './visitor';

/** Nobody has to look at the page to learn that there is something: asked again so often. */
const LOOK_AGAIN = 60_000;

/** Ways to the pages that this user may see; nothing for those who have none. */
export function PageLinks({ home }: { readonly home: boolean }): ReactNode {
  const { w } = useWords();
  const { session } = useVisitor();
  const { page } = usePlace();
  const open = useOpen();
  const pages = pagesOf(session);
  if (pages.length === 0) return null;
  const all: readonly (ListedPage | null)[] = home ? [null, ...pages] : pages;
  return (
    <nav className="page-links" aria-label={w.office.pages}>
      {all.map((name) => {
        const count = name === null ? 0 : (open[name] ?? 0);
        return (
          <a key={name} href={linkTo(name)} aria-current={page === name ? 'page' : undefined}>
            <span>{name === null ? w.office.desk : w.office.names[name]}</span>
            {count > 0 && (
              <span className="figures page-links-count" title={w.watch.open(count)}>
                {count}
              </span>
            )}
          </a>
        );
      })}
    </nav>
  );
}

function useOpen(): ReturnType<OpenCounts['get']> {
  const { session, rest, open } = useVisitor();
  const may = pagesOf(session).join();
  useEffect(() => {
    const api = new WatchApi(rest);
    const system = new SystemApi(rest);
    const look = (): void => {
      if (may.includes('alarms')) void api.alarms('open', null, 1).then(({ count }) => open.set('alarms', count), () => {});
      if (may.includes('letters')) void system.letters(null, 1).then(({ count }) => open.set('letters', count), () => {});
      if (may.includes('health')) void system.health().then(({ lines }) => open.set('health', lines.filter(({ state }) => state !== 'UP').length), () => {});
      if (may.includes('incidents')) void api.incidents('open', null, 1).then((read) => open.set('incidents', read.open), () => {});
    };
    look();
    const timer = setInterval(look, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [rest, open, may]);
  return useSyncExternalStore(open.subscribe, open.get, open.get);
}
