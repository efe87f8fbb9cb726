import { type ReactNode, use, useCallback, useState } from 'react';
import { type Incident, WatchApi } from '../../client/watch';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { DeskContext } from '../../ui/desk-context';
import { Mark } from '../../ui/mark';
import { linkTo } from '../../ui/place';
import { useVisitor } from '../office/visitor';
import { Closed, When } from './closed';
import { Dossier } from './dossier';
import { DossierPage } from './dossier-page';

/** Something of one customer's stood in the file of another, or was shown of somebody who was not calling. */
export function IncidentsPage(): ReactNode {
  const { w } = useWords();
  const { rest, drafts, open } = useVisitor();
  const [dossier] = useState(() => {
    const api = new WatchApi(rest);
    return new Dossier<Incident>({
      idOf: (incident) => incident.id,
      read: (which, cursor) => api.incidents(which, cursor),
      close: (incident, measure) => api.close(incident, measure),
    });
  });
  const counted = useCallback((count: number) => open.set('incidents', count), [open]);
  return (
    <DossierPage
      dossier={dossier}
      title={w.incidents.title}
      text={w.incidents.text}
      none={w.incidents.none}
      drafts={drafts}
      counted={counted}
      wordsOf={(incident) =>
        [
          word(w.incidents.kind, incident.kind),
          word(w.incidents.fact, incident.fact),
          incident.reporter,
          incident.wrong,
          incident.right,
          incident.closer ?? '',
          incident.measure ?? '',
        ].join(' ')
      }
      show={(incident) => <IncidentLine incident={incident} />}
    />
  );
}

function IncidentLine({ incident }: { readonly incident: Incident }): ReactNode {
  const { w } = useWords();
  const { session } = useVisitor();
  const { closedAt, closer, measure } = incident;
  const mayFollow = incident.fact === 'call' && session.permissions.includes('SEE_TEAM');
  return (
    <>
      <p className="strong finding">
        <Mark shape="warning" /> <bdi>{word(w.incidents.kind, incident.kind)}</bdi>
      </p>
      <p className="faint">{word(w.incidents.todo, incident.kind)}</p>
      <p>
        {word(w.incidents.wrong, incident.kind)} <Customer id={incident.wrong} />
      </p>
      <p>
        {word(w.incidents.right, incident.kind)} <Customer id={incident.right} />
      </p>
      <p className="faint">
        {mayFollow ? (
          <a href={linkTo('calls', incident.factId)}>{word(w.incidents.fact, incident.fact)}</a>
        ) : (
          <>
            {word(w.incidents.fact, incident.fact)} <bdi className="id">{incident.factId}</bdi>
          </>
        )}{' '}
        <When at={incident.at} words={(time) => w.incidents.reported(incident.reporter, time)} />
      </p>
      {closedAt !== null && <Closed by={closer ?? ''} at={closedAt} measure={measure ?? ''} />}
    </>
  );
}

/** An id, and a way to the file for those who may open it. */
function Customer({ id }: { readonly id: string }): ReactNode {
  const desk = use(DeskContext);
  if (desk === null || !desk.session.permissions.includes('SEE_CUSTOMERS')) return <bdi className="id">{id}</bdi>;
  return (
    <button type="button" className="link" onClick={() => desk.panel.file(id)}>
      <bdi className="id">{id}</bdi>
    </button>
  );
}
