import { createContext, use } from 'react';
import type { Rest, Session } from '../../client/rest';
import type { TeamFeed } from '../../client/team';
import { Drafts } from '../../ui/drafts';
import { OpenCounts } from './open-counts';

/** Who looks at a page: with a desk around it, or without. */
export interface Visitor {
  readonly session: Session;
  readonly rest: Rest;
  readonly drafts: Drafts;
  readonly open: OpenCounts;
  readonly team: TeamFeed;
}

export const VisitorContext = createContext<Visitor | null>(null);

export function useVisitor(): Visitor {
  const visitor = use(VisitorContext);
  if (visitor === null) throw new Error('Nobody looks at this page.');
  return visitor;
}

export function visitorOf(session: Session, rest: Rest, team: TeamFeed): Visitor {
  return { session, rest, drafts: new Drafts(session.user.username, () => sessionStorage), open: new OpenCounts(), team };
}
