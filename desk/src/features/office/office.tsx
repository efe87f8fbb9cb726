import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Rest, Session } from '../../client/rest';
import { AskedTeam } from '../../client/team';
import { realTimers } from '../../client/timers';
import { useWords } from '../../i18n/language';
import { PersonName } from '../../ui/person-name';
import { usePlace } from '../../ui/place';
import { LookSwitches } from '../sign-in/look-switches';
import { Brand } from '../sign-in/sign-in';
import { OutcomeContext, type OutcomeForm } from '../wrap-up/dispositions';
import { PageLinks } from './page-links';
import { Pages } from './pages';
import { useVisitor, VisitorContext, visitorOf } from './visitor';

interface OfficeProps {
  readonly session: Session;
  readonly rest: Rest;
  readonly form: OutcomeForm;
}

/** An account without a desk, such as the administrator's: its pages. */
export function Office({ session, rest, form }: OfficeProps): ReactNode {
  const { w } = useWords();
  const place = usePlace();
  const [visitor] = useState(() => visitorOf(session, rest, new AskedTeam(rest, realTimers)));
  return (
    <VisitorContext value={visitor}>
      <OutcomeContext value={form}>
        <div className="office">
          <aside className="office-side" aria-label={w.me.label}>
            <Brand />
            <PageLinks home={false} />
            <div className="office-foot">
              <PersonName name={session.user.name} />
              <LookSwitches />
              <Button type="text" size="small" onClick={() => void rest.signOut().finally(() => location.reload())}>
                {w.me.signOut}
              </Button>
            </div>
          </aside>
          <main className="office-main">{place.page === null ? <Welcome /> : <Pages place={{ ...place, page: place.page }} />}</main>
        </div>
      </OutcomeContext>
    </VisitorContext>
  );
}

function Welcome(): ReactNode {
  const { w } = useWords();
  const { name } = useVisitor().session.user;
  return (
    <section className="page">
      <header className="page-head">
        <h1>{w.noDesk.title(name)}</h1>
        <p className="page-text">{w.noDesk.text}</p>
      </header>
      <p>{w.office.welcome}</p>
    </section>
  );
}
