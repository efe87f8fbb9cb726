/** Why something was not done: a stable type and words that name the cause and the mend. */
export class DeskFault extends Error {
  readonly type: string;

  constructor(type: string, detail: string) {
    super(detail);
    this.type = type;
  }
}

/** The answer never came: it may or may not have been done; the next view tells. */
export const OUTCOME_UNKNOWN = 'desk:outcome-unknown';
export const LINK_DOWN = 'desk:link-down';

export function asFault(error: unknown): DeskFault {
  if (error instanceof DeskFault) return error;
  return new DeskFault('desk:unexpected', error instanceof Error ? error.message : String(error));
}
