import { DeskFault } from './faults';

export type Permission =
  | 'CONNECT_SYSTEMS'
  | 'EDIT_CUSTOMERS'
  | 'IMPORT_CUSTOMERS'
  | 'PLACE_TEST_CALLS'
  | 'PLAY_EVERY_RECORDING'
  | 'PLAY_OWN_RECORDINGS'
  | 'SEE_CUSTOMERS'
  | 'TAKE_CALLS'
  | 'DIAL_OUT'
  | 'TRY_NUMBERS'
  | 'WORK_TASKS';

export interface Session {
  readonly user: { readonly id: string; readonly username: string; readonly name: string; readonly role: string };
  readonly permissions: readonly (Permission | (string & {}))[];
  /** Sent back with every change. */
  readonly csrf: string;
  readonly mustChangePassword: boolean;
}

export interface PhoneAccount {
  readonly extension: string;
  readonly password: string;
  readonly wsPath: string;
  readonly domain: string;
  readonly iceServers: readonly RTCIceServer[];
}

interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
}

const BASE = '/api/v1';
const UNAUTHENTICATED = '/problems/unauthenticated';

/** The server's HTTP interface as far as the desk needs it. Every failure is a DeskFault. */
export class Rest {
  readonly #signedOut: () => void;
  #csrf = '';

  /** `signedOut` is told when the server says that nobody is signed in. */
  constructor(signedOut: () => void) {
    this.#signedOut = signedOut;
  }

  async signIn(user: string, password: string): Promise<Session> {
    return this.#keep(await this.#ask<Session>('POST', '/session', { user, password }, false));
  }

  /** Who is signed in, or null. */
  async session(): Promise<Session | null> {
    try {
      return this.#keep(await this.#ask<Session>('GET', '/session', undefined, false));
    } catch (error) {
      if (error instanceof DeskFault && error.type === UNAUTHENTICATED) return null;
      throw error;
    }
  }

  /** Tells when nobody is signed in any more; a server that cannot be reached proves nothing. */
  async checkSession(): Promise<void> {
    try {
      if ((await this.session()) === null) this.#signedOut();
    } catch {
      // the socket goes on trying
    }
  }

  async signOut(): Promise<void> {
    await this.#ask('DELETE', '/session', undefined, false);
    this.#csrf = '';
  }

  async changePassword(current: string, password: string): Promise<Session> {
    return this.#keep(await this.#ask<Session>('POST', '/session/password', { current, password }, false));
  }

  get<T>(path: string): Promise<T> {
    return this.#ask<T>('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.#ask<T>('POST', path, body);
  }

  /** What is no JSON: the answer with its body unread. */
  open(path: string, signal: AbortSignal): Promise<Response> {
    return this.#answered('GET', path, undefined, true, signal);
  }

  /** Sends a file as it is; it is never sent twice, so that it needs no key. */
  upload<T>(path: string, file: Blob): Promise<T> {
    return this.#ask<T>('POST', path, file);
  }

  /** Sends a file as YAML. */
  put<T>(path: string, yaml: string): Promise<T> {
    return this.#ask<T>('PUT', path, yaml);
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.#ask<T>('PATCH', path, body);
  }

  delete<T>(path: string): Promise<T> {
    return this.#ask<T>('DELETE', path);
  }

  #keep(session: Session): Session {
    this.#csrf = session.csrf;
    return session;
  }

  async #ask<T>(method: string, path: string, body?: unknown, noticeSignOut = true): Promise<T> {
    return (await readBody(await this.#answered(method, path, body, noticeSignOut))) as T;
  }

  async #answered(method: string, path: string, body: unknown, noticeSignOut: boolean, signal: AbortSignal | null = null): Promise<Response> {
    const response = await this.#fetch(method, path, body, signal);
    if (response.ok) return response;
    const problem = ((await readBody(response)) ?? {}) as Problem;
    if (response.status === 401 && noticeSignOut) this.#signedOut();
    throw new DeskFault(problem.type ?? `http:${response.status}`, problem.detail ?? problem.title ?? response.statusText);
  }

  async #fetch(method: string, path: string, body: unknown, signal: AbortSignal | null): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (method !== 'GET') headers['X-CSRF-Token'] = this.#csrf;
    const file = body instanceof Blob;
    const yaml = typeof body === 'string';
    if (body !== undefined) headers['Content-Type'] = file ? 'text/csv' : yaml ? 'application/yaml' : 'application/json';
    if (body !== undefined && !file && method !== 'GET') headers['Idempotency-Key'] = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    try {
      return await fetch(BASE + path, {
        method,
        headers,
        credentials: 'same-origin',
        signal,
        ...(body === undefined ? {} : { body: file || yaml ? body : JSON.stringify(body) }),
      });
    } catch {
      throw new DeskFault('desk:link-down', 'The server cannot be reached.');
    }
  }
}

async function readBody(response: Response): Promise<unknown> {
  const type = response.headers.get('Content-Type') ?? '';
  return type.includes('json') ? response.json() : null;
}
