import { type DeskFault, LINK_DOWN, OUTCOME_UNKNOWN } from '../client/faults';
import type { Words } from '../i18n/words';

/** What went wrong, for the person in front of it. */
export function faultWords(fault: DeskFault, w: Words): string {
  if (fault.type === LINK_DOWN) return w.fault.linkDown;
  return fault.type === OUTCOME_UNKNOWN ? w.fault.outcomeUnknown : fault.message;
}
