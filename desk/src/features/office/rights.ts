import type { Session } from '../../client/rest';
import type { PageName } from '../../ui/place';

/** Pages that stand in the list; to the others lead links of theirs. */
export type ListedPage = Exclude<PageName, 'calls'>;

/** In the order of the list, with the rights of which one is enough. */
const LISTED: readonly (readonly [ListedPage, readonly string[]])[] = [
  ['team', ['SEE_TEAM']],
  ['alarms', ['SEE_TEAM']],
  ['incidents', ['SEE_INCIDENTS']],
  ['setup', ['MANAGE_SYSTEM', 'SEE_SYSTEM']],
  ['trunks', ['TRY_NUMBERS']],
  ['imports', ['IMPORT_CUSTOMERS']],
  ['crms', ['CONNECT_SYSTEMS']],
  ['letters', ['SEE_SYSTEM']],
  ['health', ['SEE_SYSTEM']],
];

export function pagesOf(session: Session): readonly ListedPage[] {
  return LISTED.filter(([, rights]) => rights.some((right) => session.permissions.includes(right))).map(([page]) => page);
}
