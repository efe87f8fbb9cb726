import { asFault, type DeskFault } from '../../client/faults';
import type { Entry, SectionName, Sections, SetupAnswer, SetupApi, SetupChange, SetupFile, SetupWrong } from '../../client/setup';
import type { Timers } from '../../client/timers';
import type { Drafts } from '../../ui/drafts';
import { changedSections, differences, nameOf, rebase, usersBack } from './entries';

/** Typing stops for so long before the server is asked what would change. */
const PAUSE = 300;
const DRAFT = 'setup';

export interface SetupView {
  /** As it is in force; null until it was read. */
  readonly file: SetupFile | null;
  /** As it stands on the pages. */
  readonly sections: Sections;
  readonly changed: readonly SectionName[];
  /** What would change; null while that is not known yet. */
  readonly changes: readonly SetupChange[] | null;
  readonly wrong: readonly SetupWrong[];
  /** What somebody else changed since this was begun. */
  readonly meanwhile: readonly SetupChange[];
  /** Names of those that both changed. */
  readonly both: readonly string[];
  readonly saved: boolean;
  readonly passwords: SetupAnswer['passwords'];
  /** Whether the last change can be taken back. */
  readonly undoable: boolean;
  /** Which entry is being looked at. */
  readonly opened: Opened | null;
  readonly fault: DeskFault | null;
}

export interface Opened {
  readonly section: SectionName;
  readonly index: number;
}

interface Draft {
  readonly basedOn: string;
  readonly base: Sections;
  readonly mine: Sections;
}

/** Sections before and after one was applied. */
interface Applied {
  readonly before: Sections;
  readonly after: Sections;
}

type Setting = Pick<SetupApi, 'read' | 'check' | 'apply'>;

function only(sections: Sections, names: readonly SectionName[]): Sections {
  return Object.fromEntries(names.map((name) => [name, sections[name] ?? []]));
}

/** The set-up while it is changed; outside of React. What was typed stays until it is applied or thrown away. */
export class SetupWork {
  readonly #api: Setting;
  readonly #drafts: Drafts;
  readonly #timers: Timers;
  readonly #listeners = new Set<() => void>();
  #view: SetupView = { file: null, sections: {}, changed: [], changes: [], wrong: [], meanwhile: [], both: [], saved: false, passwords: [], undoable: false, opened: null, fault: null };
  #last: Applied | null = null;
  #asked = 0;
  #cancelCheck = (): void => {};

  constructor(api: Setting, drafts: Drafts, timers: Timers) {
    this.#api = api;
    this.#drafts = drafts;
    this.#timers = timers;
  }

  readonly get = (): SetupView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads what is in force; what was typed and not applied stands upon it. */
  async open(): Promise<void> {
    try {
      this.#show(await this.#api.read());
    } catch (error) {
      this.#set({ fault: asFault(error) });
    }
  }

  #show(file: SetupFile): void {
    const name = this.#openedName();
    this.#lay(file);
    this.#openAgain(name);
  }

  #openedName(): string {
    const { opened, sections } = this.#view;
    return opened === null ? '' : nameOf(opened.section, sections[opened.section]?.[opened.index] ?? {});
  }

  /** It may stand elsewhere in the list now. */
  #openAgain(name: string): void {
    const { opened, sections } = this.#view;
    if (opened === null) return;
    const index = (sections[opened.section] ?? []).findIndex((entry) => nameOf(opened.section, entry) === name);
    this.#set({ opened: index < 0 ? null : { ...opened, index } });
  }

  /** Looks at an entry, or at none. */
  look(opened: Opened | null): void {
    this.#set({ opened });
  }

  #lay(file: SetupFile): void {
    const draft = this.#draft();
    if (draft === null) {
      this.#set({ file, sections: file.sections, meanwhile: [], both: [], fault: null });
    } else if (draft.basedOn === file.basedOn) {
      this.#set({ file, sections: { ...file.sections, ...draft.mine }, fault: null });
    } else {
      this.#upon(file, draft);
    }
    this.#follow();
  }

  /** Somebody changed it: what was typed is put upon that, and what they did is told. */
  #upon(file: SetupFile, draft: Draft): void {
    const names = Object.keys(draft.mine) as SectionName[];
    const parts = names.map((name) => ({ name, ...rebase(name, draft.base[name] ?? [], draft.mine[name] ?? [], file.sections[name] ?? []) }));
    const mine: Sections = Object.fromEntries(parts.map(({ name, entries }) => [name, entries]));
    this.#set({
      file,
      sections: { ...file.sections, ...mine },
      meanwhile: differences(draft.base, only(file.sections, names)),
      both: parts.flatMap(({ both }) => both),
      fault: null,
    });
  }

  #draft(): Draft | null {
    const text = this.#drafts.get(DRAFT);
    try {
      return text === null ? null : (JSON.parse(text) as Draft);
    } catch {
      return null;
    }
  }

  /** A section shall be so; nothing is in force before it is applied. */
  edit(section: SectionName, entries: readonly Entry[]): void {
    this.#set({ sections: { ...this.#view.sections, [section]: entries }, saved: false });
    this.#follow();
  }

  /** The same entries in another order; what is looked at stays so. */
  move(section: SectionName, entries: readonly Entry[]): void {
    const name = this.#openedName();
    this.edit(section, entries);
    this.#openAgain(name);
  }

  /** Back to what is in force. */
  discard(): void {
    const name = this.#openedName();
    this.#set({ sections: this.#view.file?.sections ?? {}, meanwhile: [], both: [], fault: null });
    this.#openAgain(name);
    this.#follow();
  }

  /** The passwords were seen: they are not kept. */
  seen(): void {
    this.#set({ passwords: [] });
  }

  /** Lays out the opposite of the last change; it is applied like any other. */
  takeBack(): void {
    const { file } = this.#view;
    const last = this.#last;
    if (file === null || last === null) return;
    const names = Object.keys(last.before) as SectionName[];
    const before = names.map((name) => {
      const was = last.before[name] ?? [];
      return [name, name === 'users' ? usersBack(was, last.after[name] ?? []) : was] as const;
    });
    const parts = before.map(([name, was]) => [name, rebase(name, last.after[name] ?? [], was, file.sections[name] ?? []).entries]);
    this.#set({ sections: { ...file.sections, ...(Object.fromEntries(parts) as Sections) }, saved: false });
    this.#follow();
  }

  #follow(): void {
    const { file, sections } = this.#view;
    if (file === null) return;
    const changed = changedSections(file.sections, sections);
    const draft: Draft = { basedOn: file.basedOn, base: only(file.sections, changed), mine: only(sections, changed) };
    this.#drafts.set(DRAFT, changed.length === 0 ? null : JSON.stringify(draft));
    this.#cancelCheck();
    const asked = ++this.#asked;
    if (changed.length === 0) {
      this.#set({ changed, changes: [], wrong: [], meanwhile: [], both: [] });
      return;
    }
    this.#set({ changed, changes: null });
    this.#cancelCheck = this.#timers.after(PAUSE, () => void this.#check(asked));
  }

  async #check(asked: number): Promise<void> {
    const { sections, changed, file } = this.#view;
    try {
      const answer = await this.#api.check(JSON.stringify(only(sections, changed)));
      if (asked !== this.#asked) return;
      if (answer.basedOn !== file?.basedOn) await this.open();
      else this.#set({ changes: answer.changes, wrong: answer.wrong, fault: null });
    } catch (error) {
      if (asked === this.#asked) this.#set({ fault: asFault(error) });
    }
  }

  /** Asks again what would change, after the server could not be reached. */
  async again(): Promise<void> {
    if (this.#view.file === null || this.#view.changed.length === 0) await this.open();
    else await this.#check(this.#asked);
  }

  /** All of it, or nothing. */
  async apply(): Promise<void> {
    const { file, sections, changed } = this.#view;
    if (file === null || changed.length === 0) return;
    const before = only(file.sections, changed);
    try {
      const answer = await this.#api.apply(JSON.stringify(only(sections, changed)), file.basedOn);
      this.#last = { before, after: only(sections, changed) };
      this.#drafts.set(DRAFT, null);
      this.#set({ passwords: [...this.#view.passwords, ...answer.passwords], saved: true, undoable: true });
      await this.open();
    } catch (error) {
      await this.#failed(asFault(error), file.basedOn);
    }
  }

  /** Where somebody else was first, that is told instead. */
  async #failed(fault: DeskFault, basedOn: string): Promise<void> {
    if (fault.type === '/problems/refused') await this.open();
    if (this.#view.file?.basedOn === basedOn) this.#set({ fault });
  }

  #set(change: Partial<SetupView>): void {
    this.#view = { ...this.#view, ...change };
    this.#listeners.forEach((listener) => listener());
  }
}
