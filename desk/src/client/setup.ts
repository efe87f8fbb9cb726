import type { Rest } from './rest';

export type SectionName = 'users' | 'teams' | 'queues' | 'hours' | 'lines' | 'dispositions' | 'fields' | 'templates' | 'trunks';

/** An entry as the file has it: texts, numbers, flags, lists and further entries. */
export type Entry = Readonly<Record<string, unknown>>;

/** Entries by section; one that is left out stays as it is. */
export type Sections = Readonly<Partial<Record<SectionName, readonly Entry[]>>>;

export interface SetupFile {
  /** Sent back with a change, so that nobody's change is overwritten unseen. */
  readonly basedOn: string;
  readonly yaml: string;
  /** Without users for those who may not see them. */
  readonly sections: Sections;
}

export interface SetupWrong {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly detail: string;
}

export interface SetupChange {
  readonly section: SectionName;
  readonly name: string;
  readonly kind: 'ADDED' | 'CHANGED' | 'REMOVED';
  readonly fields: readonly { readonly name: string; readonly gone: readonly string[]; readonly come: readonly string[] }[];
}

export interface SetupAnswer {
  readonly basedOn: string;
  readonly applied: boolean;
  readonly wrong: readonly SetupWrong[];
  readonly changes: readonly SetupChange[];
  readonly passwords: readonly { readonly user: string; readonly password: string }[];
}

/** The set-up as one file, over HTTP; JSON is YAML too. */
export class SetupApi {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  read(): Promise<SetupFile> {
    return this.#rest.get('/setup');
  }

  check(yaml: string): Promise<SetupAnswer> {
    return this.#rest.put('/setup?dryRun=true', yaml);
  }

  apply(yaml: string, basedOn: string): Promise<SetupAnswer> {
    return this.#rest.put(`/setup?basedOn=${basedOn}`, yaml);
  }
}
