import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { Part } from '../../ui/part';
import { type PageName, type Place } from '../../ui/place';
import { Trouble } from '../../ui/trouble';

interface PageProps {
  /** What the page is about, where its address says so. */
  readonly of: string | null;
}

/** Each is loaded when somebody first looks at it. */
const PAGES: Readonly<Record<PageName, () => Promise<ComponentType<PageProps>>>> = {
  team: async () => (await import('../team/team-page')).TeamPage,
  alarms: async () => (await import('../watch/alarms-page')).AlarmsPage,
  incidents: async () => (await import('../watch/incidents-page')).IncidentsPage,
  setup: async () => (await import('../setup/setup-page')).SetupPage,
  trunks: async () => (await import('../trunks/trunks-page')).TrunksPage,
  imports: async () => (await import('../imports/imports-page')).ImportsPage,
  crms: async () => (await import('../crms/crms-page')).CrmsPage,
  letters: async () => (await import('../system/letters-page')).LettersPage,
  health: async () => (await import('../system/health-page')).HealthPage,
  calls: async () => (await import('../past-call/call-page')).CallPage,
};

interface Loaded {
  readonly name: PageName;
  /** Null when it could not be loaded. */
  readonly page: ComponentType<PageProps> | null;
}

/** The page that the address names. */
export function Pages({ place }: { readonly place: Place & { readonly page: PageName } }): ReactNode {
  const { w } = useWords();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [tries, setTries] = useState(0);
  const name = place.page;
  useEffect(() => {
    let stopped = false;
    const show = (page: Loaded['page']): void => {
      if (!stopped) setLoaded({ name, page });
    };
    PAGES[name]().then(show, () => show(null));
    return () => {
      stopped = true;
    };
  }, [name, tries]);
  if (loaded === null || loaded.name !== name) return <p className="faint page">{w.office.opening}</p>;
  if (loaded.page === null) {
    return (
      <Trouble what={w.office.notLoaded} then={w.office.notLoadedDo}>
        <Action label={w.timeline.again} run={() => setTries(tries + 1)} />
      </Trouble>
    );
  }
  return (
    <Part key={`${name}/${place.of ?? ''}`}>
      <loaded.page of={place.of} />
    </Part>
  );
}
