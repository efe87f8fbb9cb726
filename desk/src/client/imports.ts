import type { Rest } from './rest';

export const IMPORT_KINDS = ['customers', 'identities', 'orders', 'service'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** A file and what became of it. */
export interface ImportJob {
  readonly id: string;
  readonly kind: ImportKind;
  readonly file: string;
  readonly at: string;
  readonly state: 'UPLOADED' | 'CHECKING' | 'CHECKED' | 'LOADING' | 'LOADED' | 'REFUSED' | 'FAILED';
  /** Of the file, from 0 to 1. */
  readonly part: number;
  readonly read: number;
  readonly good: number;
  readonly known: number;
  readonly wrong: number;
  readonly why: string;
}

export interface ImportPreview {
  readonly encoding: string;
  readonly headings: readonly string[];
  /** For each column; empty for nothing. */
  readonly guesses: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

export interface ImportReading {
  readonly columns: readonly { readonly index: number; readonly target: string }[];
  readonly zone: string;
  readonly goodRows: boolean;
}

export function isRunning(job: ImportJob): boolean {
  return job.state === 'CHECKING' || job.state === 'LOADING';
}

/** Targets that still need a column. */
export function missing(preview: ImportPreview, targets: readonly string[]): readonly string[] {
  return preview.required.filter((target) => !targets.includes(target));
}

/** Imports over HTTP. */
export class ImportApi {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  async list(): Promise<readonly ImportJob[]> {
    return (await this.#rest.get<{ items: readonly ImportJob[] }>('/imports')).items;
  }

  bring(kind: ImportKind, file: File): Promise<ImportJob> {
    return this.#rest.upload(`/imports?kind=${kind}&name=${encodeURIComponent(file.name.slice(0, 200))}`, file);
  }

  show(id: string): Promise<ImportJob> {
    return this.#rest.get(`/imports/${id}`);
  }

  preview(id: string): Promise<ImportPreview> {
    return this.#rest.get(`/imports/${id}/preview`);
  }

  check(id: string, reading: ImportReading): Promise<ImportJob> {
    return this.#rest.post(`/imports/${id}/check`, reading);
  }

  load(id: string, reading: ImportReading): Promise<ImportJob> {
    return this.#rest.post(`/imports/${id}/load`, reading);
  }

  /** Stops one that runs, else forgets it. */
  forget(id: string): Promise<void> {
    return this.#rest.delete(`/imports/${id}`);
  }
}

export function errorsOf(id: string): string {
  return `/api/v1/imports/${id}/errors`;
}
