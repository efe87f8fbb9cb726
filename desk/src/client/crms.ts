import type { Rest } from './rest';

export const RECORD_KINDS = ['customer', 'interaction', 'task', 'ticket', 'lead', 'order'] as const;

/** A system that is joined, and how it stands. */
export interface Crm {
  readonly name: string;
  readonly adapter: string;
  readonly version: number;
  readonly on: boolean;
  readonly internal: boolean;
  readonly state: 'RUNNING' | 'WAITING' | 'FAILED' | 'OFF';
  readonly kinds: readonly string[];
  /** Such as customer:write; empty while it does not run. */
  readonly capabilities: readonly string[];
  /** In English; null when all is well. */
  readonly trouble: string | null;
  /** 0 for no limit. */
  readonly perSecond: number;
  readonly requests: number;
  readonly flow: {
    readonly waiting: number;
    readonly oldestAt: string | null;
    readonly endsAt: string | null;
    readonly sent: number;
    readonly repeated: number;
    readonly received: number;
    readonly changed: number;
    readonly dead: number;
    readonly deadSince: string | null;
    readonly movedAt: string | null;
  };
  /** Customers of ours that were handed in, while all are sent. */
  readonly marked: number | null;
}

export interface CrmDetail {
  readonly crm: Crm;
  readonly file: string;
  /** Names of what stands in no file. */
  readonly settings: readonly string[];
}

/** What is wrong, and where. */
export interface CrmMistake {
  readonly path: string;
  readonly detail: string;
}

/** A record on both sides. */
export interface CrmSample {
  readonly id: string;
  readonly theirs: Readonly<Record<string, string>>;
  readonly ours: Readonly<Record<string, string>>;
  /** Why it would not flow. */
  readonly trouble: string | null;
}

export interface CrmKind {
  readonly kind: string;
  readonly capabilities: readonly string[];
  readonly looks: readonly { readonly ability: string; readonly trouble: string | null }[];
  readonly rules: readonly MappingLine[];
  readonly read: readonly CrmSample[];
  readonly written: readonly CrmSample[];
}

/** What came of trying. */
export interface CrmTried {
  readonly name: string;
  readonly adapter: string;
  readonly ok: boolean;
  readonly mistakes: readonly CrmMistake[];
  readonly trouble: string | null;
  readonly capabilities: readonly string[];
  readonly kinds: readonly CrmKind[];
}

export const WAYS = ['both', 'out', 'in'] as const;
export const WINNERS = ['newer', 'ours', 'theirs'] as const;
export const CONVERSIONS = ['as-is', 'phones', 'first-phone', 'emails', 'first-email', 'seconds', 'day'] as const;

/** How a field of ours goes with one of theirs. */
export interface MappingLine {
  readonly ours: string;
  readonly theirs: string;
  readonly way: string | null;
  readonly convert: string | null;
  readonly wins: string | null;
  readonly table: Readonly<Record<string, string>> | null;
}

export interface OurField {
  readonly name: string;
  readonly type: string;
  readonly options: readonly string[];
}

export interface TheirField extends OurField {
  readonly label: string;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly suits: string | null;
}

export interface CrmMapping {
  readonly kind: string;
  /** 0 where the file or the adapter says how. */
  readonly version: number;
  readonly rules: readonly MappingLine[];
  readonly ours: readonly OurField[];
  readonly theirs: readonly TheirField[];
  readonly trouble: string | null;
}

export interface PastMapping {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly rules: readonly MappingLine[];
}

export interface MappingPreview {
  readonly mistakes: readonly CrmMistake[];
  readonly read: readonly CrmSample[];
  readonly written: readonly CrmSample[];
}

/** Of everything; its figures are of what stood before any repair. */
export interface Comparison {
  readonly id: number;
  readonly state: string;
  readonly beganAt: string;
  readonly why: string | null;
  readonly compared: number;
  readonly equal: number;
  readonly differing: number;
  readonly missingHere: number;
  readonly missingThere: number;
  readonly repaired: number;
  /** Null while it runs, and where it failed. */
  readonly consistencyPercent: number | null;
}

/** A record that was not equal. */
export interface Drift {
  readonly kind: string;
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  readonly fields: readonly string[];
}

export interface CrmOrder {
  readonly file: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly internal: boolean;
}

/** Only what is told changes. */
export interface CrmChange {
  readonly version: number;
  readonly file?: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly internal?: boolean;
  readonly on?: boolean;
}

/** Systems that are joined, over HTTP. */
export class CrmApi {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  async list(): Promise<readonly Crm[]> {
    return (await this.#rest.get<{ items: readonly Crm[] }>('/crms')).items;
  }

  read(name: string): Promise<CrmDetail> {
    return this.#rest.get(of(name));
  }

  dryRun(order: CrmOrder): Promise<CrmTried> {
    return this.#rest.post('/crms/dry-run', order);
  }

  add(order: CrmOrder): Promise<CrmDetail> {
    return this.#rest.post('/crms', order);
  }

  change(name: string, change: CrmChange): Promise<CrmDetail> {
    return this.#rest.post(of(name), change);
  }

  remove(name: string): Promise<void> {
    return this.#rest.delete(of(name));
  }

  test(name: string): Promise<CrmTried> {
    return this.#rest.post(`${of(name)}/test`, {});
  }

  sendAll(name: string): Promise<CrmDetail> {
    return this.#rest.post(`${of(name)}/send-all`, {});
  }

  compare(name: string, repair: boolean): Promise<Comparison> {
    return this.#rest.post(`${of(name)}/comparisons`, { repair });
  }

  async comparisons(name: string): Promise<readonly Comparison[]> {
    return (await this.#rest.get<{ items: readonly Comparison[] }>(`${of(name)}/comparisons?limit=5`)).items;
  }

  async drifts(name: string, id: number): Promise<readonly Drift[]> {
    return (await this.#rest.get<{ items: readonly Drift[] }>(`${of(name)}/comparisons/${id}/drifts?limit=100`)).items;
  }

  mapping(name: string, kind: string): Promise<CrmMapping> {
    return this.#rest.get(`${of(name)}/mappings/${kind}`);
  }

  async versions(name: string, kind: string): Promise<readonly PastMapping[]> {
    return (await this.#rest.get<{ items: readonly PastMapping[] }>(`${of(name)}/mappings/${kind}/versions`)).items;
  }

  preview(name: string, kind: string, rules: readonly MappingLine[]): Promise<MappingPreview> {
    return this.#rest.post(`${of(name)}/mappings/${kind}/preview`, { rules });
  }

  save(name: string, kind: string, version: number, rules: readonly MappingLine[]): Promise<CrmMapping> {
    return this.#rest.post(`${of(name)}/mappings/${kind}`, { version, rules });
  }

  takeBack(name: string, kind: string, version: number, to: number): Promise<CrmMapping> {
    return this.#rest.post(`${of(name)}/mappings/${kind}/take-back`, { version, to });
  }
}

function of(name: string): string {
  return `/crms/${encodeURIComponent(name)}`;
}
