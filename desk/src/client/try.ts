import type { Session } from './rest';

/** Longer answers are shown in part: nobody reads more, and the page stays quick. */
const SHOWN = 40_000;

/** What came of one request that somebody tried. */
export interface Tried {
  readonly status: number;
  readonly millis: number;
  readonly type: string;
  /** Empty where the answer is no text. */
  readonly text: string;
  readonly bytes: number;
  readonly cut: boolean;
}

export interface Trial {
  readonly method: string;
  readonly address: string;
  readonly type: string;
  readonly body: string | null;
}

/** Sends it in the name of the session, if there is one. Null when the server cannot be reached. */
export async function tryIt({ method, address, type, body }: Trial, session: Session | null): Promise<Tried | null> {
  const headers: Record<string, string> = { Accept: '*/*' };
  if (method !== 'GET' && session !== null) headers['X-CSRF-Token'] = session.csrf;
  if (body !== null) headers['Content-Type'] = type;
  const begun = performance.now();
  try {
    const answer = await fetch(address, { method, headers, credentials: 'same-origin', ...(body === null ? {} : { body }) });
    const content = await answer.arrayBuffer();
    return { status: answer.status, millis: Math.round(performance.now() - begun), ...textOf(content, answer.headers.get('Content-Type') ?? '') };
  } catch {
    return null;
  }
}

function textOf(content: ArrayBuffer, type: string): Pick<Tried, 'type' | 'text' | 'bytes' | 'cut'> {
  const told = { type, bytes: content.byteLength };
  if (!/json|text|yaml/.test(type)) return { ...told, text: '', cut: false };
  const text = pretty(new TextDecoder().decode(content), type);
  return { ...told, text: text.slice(0, SHOWN), cut: text.length > SHOWN };
}

function pretty(text: string, type: string): string {
  if (!type.includes('json') || text.length > SHOWN * 4) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
