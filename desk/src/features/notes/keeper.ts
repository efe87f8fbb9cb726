import { type DeskFault, LINK_DOWN, OUTCOME_UNKNOWN } from '../../client/faults';
import type { Timers } from '../../client/timers';
import type { CallView } from '../../generated/wire';
import { merge } from './merge';

export const TYPING_PAUSE = 400;
/** Somebody who never pauses is saved this often. */
export const LONGEST_UNSAVED = 2_000;
const RETRY = 3_000;
/** A call that is closed already shows no changed view any more. */
const CONFIRMED_WITHIN = 2_000;

/** `local`: kept on this computer until the server has it. `refused`: the server will not take it. */
export type NotesStatus = 'saved' | 'saving' | 'local' | 'refused';

export interface NotesState {
  readonly text: string;
  readonly status: NotesStatus;
  readonly savedAt: number | null;
}

/** The part of localStorage that is used. */
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  keys(): string[];
}

interface Entry {
  text: string;
  /** The server's text that `text` grew from, and its number. */
  base: string;
  revision: number;
  status: NotesStatus;
  savedAt: number | null;
  /** Typed since the last acknowledged save. */
  dirtySince: number | null;
  sending: string | null;
  /** Sent, but the answer never came: the server may show it as its own later. */
  maybeSent: string | null;
  cancelSave: () => void;
  shown: NotesState;
}

interface Draft {
  readonly text: string;
  readonly base: string;
  readonly revision: number;
}

export type SendNotes = (callId: string, text: string, revision: number) => Promise<void>;

/**
 * Notes as typed. Every character is in this computer's storage before anything else happens, and stays
 * there until the server has acknowledged it.
 */
export class NotesKeeper {
  readonly #user: string;
  readonly #keep: Keep;
  readonly #send: SendNotes;
  readonly #timers: Timers;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();

  constructor(user: string, keep: Keep, send: SendNotes, timers: Timers) {
    this.#user = user;
    this.#keep = keep;
    this.#send = send;
    this.#timers = timers;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get(callId: string): NotesState | null {
    return this.#entries.get(callId)?.shown ?? null;
  }

  /** The agent typed. */
  edit(callId: string, text: string): void {
    const entry = this.#entries.get(callId);
    if (entry === undefined || entry.text === text) return;
    entry.text = text;
    entry.dirtySince ??= this.#timers.now();
    this.#store(callId, entry);
    this.#show(entry, 'saving');
    this.#schedule(callId, entry);
  }

  /** The server's view of a call. */
  serverSaid(call: CallView): void {
    const entry = this.#entries.get(call.callId) ?? this.#open(call);
    if (call.notesRevision > entry.revision) this.#catchUp(call, entry);
  }

  /** The link is back: send what only lies here. */
  flush(): void {
    for (const [callId, entry] of this.#entries) {
      if (entry.dirtySince !== null) this.#save(callId, entry);
    }
  }

  /** Text of calls that the server did not mention any more, from an earlier page. */
  stranded(known: readonly CallView[]): { callId: string; text: string }[] {
    const live = new Set(known.map((call) => call.callId));
    return this.#keep
      .keys()
      .filter((key) => key.startsWith(this.#key('')))
      .map((key) => key.slice(this.#key('').length))
      .filter((callId) => !live.has(callId))
      .map((callId) => ({ callId, text: this.#draft(callId)?.text ?? '' }))
      .filter(({ text }) => text !== '');
  }

  /** Tries to hand a stranded text in; the copy here goes only when the server took it. */
  async rescue(callId: string): Promise<void> {
    const draft = this.#draft(callId);
    if (draft === null) return;
    await this.#send(callId, draft.text, draft.revision);
    this.#forget(callId, draft.text);
  }

  /** The agent has seen a stranded text and does not need it. */
  discard(callId: string): void {
    this.#keep.removeItem(this.#key(callId));
  }

  #open(call: CallView): Entry {
    const entry: Entry = {
      text: call.notes,
      base: call.notes,
      revision: call.notesRevision,
      status: 'saved',
      savedAt: null,
      dirtySince: null,
      sending: null,
      maybeSent: null,
      cancelSave: () => {},
      shown: { text: call.notes, status: 'saved', savedAt: null },
    };
    this.#entries.set(call.callId, entry);
    const draft = this.#draft(call.callId);
    if (draft !== null) this.#resume(call.callId, entry, draft);
    return entry;
  }

  /** An earlier page of this agent left a text that was never acknowledged. */
  #resume(callId: string, entry: Entry, draft: Draft): void {
    entry.text = merge(draft.base, draft.text, entry.base);
    if (entry.text === entry.base) {
      this.#keep.removeItem(this.#key(callId));
      return;
    }
    entry.dirtySince = this.#timers.now();
    this.#show(entry, 'saving');
    this.#schedule(callId, entry);
  }

  #catchUp(call: CallView, entry: Entry): void {
    const theirs = call.notes;
    const ours = entry.sending === theirs || entry.maybeSent === theirs;
    const dirty = entry.dirtySince !== null;
    entry.text = !dirty ? theirs : ours ? entry.text : merge(entry.base, entry.text, theirs);
    entry.base = theirs;
    entry.revision = call.notesRevision;
    if (!dirty) this.#show(entry, 'saved');
    else if (ours) this.#confirmed(call.callId, entry, theirs);
    else this.#resend(call.callId, entry);
  }

  /** Somebody else's text stands: ours, joined with it, goes on top. */
  #resend(callId: string, entry: Entry): void {
    entry.sending = null;
    if (entry.text === entry.base) {
      this.#confirmed(callId, entry, entry.text);
      return;
    }
    this.#store(callId, entry);
    this.#show(entry, 'saving');
    this.#schedule(callId, entry);
  }

  #schedule(callId: string, entry: Entry, wait = TYPING_PAUSE): void {
    entry.cancelSave();
    const left = LONGEST_UNSAVED - (this.#timers.now() - (entry.dirtySince ?? this.#timers.now()));
    const within = wait === TYPING_PAUSE ? Math.max(0, Math.min(wait, left)) : wait;
    entry.cancelSave = this.#timers.after(within, () => this.#save(callId, entry));
  }

  #save(callId: string, entry: Entry): void {
    entry.cancelSave();
    if (entry.sending !== null) return;
    const { text } = entry;
    entry.sending = text;
    this.#send(callId, text, entry.revision).then(
      () => this.#acknowledged(callId, entry, text),
      (fault: DeskFault) => entry.sending === text && this.#failed(callId, entry, fault),
    );
  }

  /**
   * The answer alone does not say that this text stands: where a newer one stood, that one stays, and
   * the view shows it.
   */
  #acknowledged(callId: string, entry: Entry, text: string): void {
    if (entry.sending !== text) return;
    if (entry.base === text) this.#confirmed(callId, entry, text);
    else this.#timers.after(CONFIRMED_WITHIN, () => this.#assumeConfirmed(callId, entry, text));
  }

  #assumeConfirmed(callId: string, entry: Entry, text: string): void {
    if (entry.sending !== text) return;
    entry.base = text;
    entry.revision += 1;
    this.#confirmed(callId, entry, text);
  }

  #confirmed(callId: string, entry: Entry, text: string): void {
    entry.sending = null;
    entry.maybeSent = null;
    entry.savedAt = this.#timers.now();
    this.#forget(callId, text);
    if (entry.text === text) {
      entry.cancelSave();
      entry.dirtySince = null;
      this.#show(entry, 'saved');
    } else {
      entry.dirtySince = this.#timers.now();
      this.#store(callId, entry);
      this.#schedule(callId, entry);
    }
  }

  #failed(callId: string, entry: Entry, fault: DeskFault): void {
    if (fault.type === OUTCOME_UNKNOWN) entry.maybeSent = entry.sending;
    entry.sending = null;
    const waitsForLink = fault.type === LINK_DOWN || fault.type === OUTCOME_UNKNOWN;
    this.#show(entry, waitsForLink ? 'local' : 'refused');
    this.#schedule(callId, entry, RETRY);
  }

  #show(entry: Entry, status: NotesStatus): void {
    entry.status = status;
    entry.shown = { text: entry.text, status, savedAt: entry.savedAt };
    this.#listeners.forEach((listener) => listener());
  }

  #key(callId: string): string {
    return `cordboard.notes.${this.#user}.${callId}`;
  }

  #draft(callId: string): Draft | null {
    const kept = this.#keep.getItem(this.#key(callId));
    return kept === null ? null : (JSON.parse(kept) as Draft);
  }

  #store(callId: string, { text, base, revision }: Entry): void {
    this.#keep.setItem(this.#key(callId), JSON.stringify({ text, base, revision }));
  }

  /** Only if nobody (another tab) has stored a newer text meanwhile. */
  #forget(callId: string, acknowledged: string): void {
    if (this.#draft(callId)?.text === acknowledged) this.#keep.removeItem(this.#key(callId));
  }
}
