import { asFault, type DeskFault } from '../../client/faults';
import type { Timers } from '../../client/timers';
import { type PastRules, type Rules, type Trunk, type TrunkApi, USUAL, type Wrong } from '../../client/trunks';
import type { Drafts } from '../../ui/drafts';
import { changesOf } from './changes';

/** Typing stops for so long before the server is asked whether it can be set. */
const PAUSE = 250;

export interface TrunkView {
  /** Null until they were read. */
  readonly trunks: readonly Trunk[] | null;
  /** Whose rules are looked at. */
  readonly name: string;
  /** As they are in force; of a trunk without rules the usual ones. */
  readonly kept: Rules | null;
  /** As they stand on the page. */
  readonly rules: Rules | null;
  /** 0: this trunk has none of its own. */
  readonly version: number;
  readonly changed: boolean;
  /** What cannot be set; null while that is not known yet. */
  readonly wrong: readonly Wrong[] | null;
  readonly saved: boolean;
  readonly history: readonly PastRules[];
  readonly older: string | null;
  readonly fault: DeskFault | null;
}

interface Draft {
  readonly version: number;
  readonly rules: Rules;
}

/** The rules of trunks, one of them being changed; outside of React. */
export class TrunkRules {
  readonly #api: TrunkApi;
  readonly #drafts: Drafts;
  readonly #timers: Timers;
  readonly #listeners = new Set<() => void>();
  #view: TrunkView = {
    trunks: null, name: USUAL, kept: null, rules: null, version: 0, changed: false, wrong: [], saved: false, history: [], older: null, fault: null,
  };
  #basedOn = 0;
  #asked = 0;
  #cancelCheck = (): void => {};

  constructor(api: TrunkApi, drafts: Drafts, timers: Timers) {
    this.#api = api;
    this.#drafts = drafts;
    this.#timers = timers;
  }

  readonly get = (): TrunkView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads all trunks; what was typed and not saved is there again. */
  async open(name: string): Promise<void> {
    const same = name === this.#view.name;
    this.#set({ name, saved: same && this.#view.saved, ...(same ? {} : { history: [], older: null, fault: null }) });
    const reading = this.#api.list();
    const past = this.#api.history(name, null);
    try {
      const trunks = await reading;
      if (name !== this.#view.name) return;
      this.#show(trunks);
      const { items, next } = await past;
      if (name === this.#view.name) this.#set({ history: items, older: next });
    } catch (error) {
      past.catch(() => {});
      if (name === this.#view.name) this.#set({ fault: asFault(error) });
    }
  }

  async olderHistory(): Promise<void> {
    const { name, older, history } = this.#view;
    if (older === null) return;
    try {
      const { items, next } = await this.#api.history(name, older);
      if (name === this.#view.name) this.#set({ history: [...history, ...items], older: next });
    } catch (error) {
      this.#set({ fault: asFault(error) });
    }
  }

  #show(trunks: readonly Trunk[]): void {
    const own = trunks.find(({ name }) => name === this.#view.name);
    const usual = trunks.find(({ name }) => name === USUAL);
    const kept = own?.rules ?? usual?.rules ?? null;
    const version = own?.version ?? 0;
    const draft = this.#draft();
    this.#basedOn = draft?.version ?? version;
    this.#set({ trunks, kept, version, rules: draft?.rules ?? kept, fault: null });
    this.#follow();
  }

  #draft(): Draft | null {
    const text = this.#drafts.get(this.#draftName());
    try {
      return text === null ? null : (JSON.parse(text) as Draft);
    } catch {
      return null;
    }
  }

  #draftName(): string {
    return `trunk.${this.#view.name}`;
  }

  /** These shall hold; nothing is in force before it is saved. */
  edit(rules: Rules): void {
    this.#set({ rules, saved: false });
    this.#follow();
  }

  /** Back to what is in force. */
  discard(): void {
    this.#drafts.set(this.#draftName(), null);
    this.#basedOn = this.#view.version;
    this.#set({ rules: this.#view.kept, fault: null });
    this.#follow();
  }

  /** What was typed is kept, and looked at by the server. */
  #follow(): void {
    const { rules, kept } = this.#view;
    const changed = rules !== null && kept !== null && changesOf(kept, rules).length > 0;
    this.#drafts.set(this.#draftName(), changed ? JSON.stringify({ version: this.#basedOn, rules }) : null);
    this.#cancelCheck();
    const asked = ++this.#asked;
    if (!changed) {
      this.#set({ changed, wrong: [] });
      return;
    }
    this.#set({ changed, wrong: null });
    this.#cancelCheck = this.#timers.after(PAUSE, () => void this.#check(asked, rules));
  }

  async #check(asked: number, rules: Rules): Promise<void> {
    try {
      const wrong = await this.#api.check(rules);
      if (asked === this.#asked) this.#set({ wrong, fault: null });
    } catch (error) {
      // the server looks at them again when they are saved
      if (asked === this.#asked) this.#set({ wrong: [], fault: asFault(error) });
    }
  }

  /** The next call is read by them. */
  async save(): Promise<void> {
    const { name, rules } = this.#view;
    if (rules === null) return;
    await this.#carryOut(() => this.#api.save(name, rules, this.#basedOn));
  }

  /** The trunk is read by the usual rules again. */
  async remove(): Promise<void> {
    await this.#carryOut(() => this.#api.remove(this.#view.name, this.#view.version));
  }

  async #carryOut(work: () => Promise<unknown>): Promise<void> {
    const { name } = this.#view;
    try {
      await work();
      this.#drafts.set(this.#draftName(), null);
      this.#set({ saved: true, fault: null });
      await this.open(name);
    } catch (error) {
      const fault = asFault(error);
      if (fault.type === '/problems/refused') await this.#meanwhile(name);
      this.#set({ fault });
    }
  }

  /** Somebody changed them: what was typed stays, and is shown against what is in force now. */
  async #meanwhile(name: string): Promise<void> {
    await this.open(name);
    this.#basedOn = this.#view.version;
    this.#follow();
  }

  #set(change: Partial<TrunkView>): void {
    this.#view = { ...this.#view, ...change };
    this.#listeners.forEach((listener) => listener());
  }
}
