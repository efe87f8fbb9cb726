import type { Entry, SectionName } from '../../client/setup';

/** Sections with forms; trunks have a page of their own. */
export type FormSection = Exclude<SectionName, 'trunks'>;

export type FieldKind =
  | { readonly kind: 'text'; readonly long?: true; readonly zones?: true; readonly latin?: true }
  | { readonly kind: 'number'; readonly usual?: string }
  | { readonly kind: 'choice'; readonly options: readonly string[]; readonly none?: true }
  /** `leftOut` is what the file means where it says nothing. */
  | { readonly kind: 'flag'; readonly leftOut: boolean }
  | { readonly kind: 'one'; readonly of: SectionName; readonly none?: true }
  | { readonly kind: 'some'; readonly of: SectionName }
  | { readonly kind: 'rights' }
  | { readonly kind: 'members' }
  | { readonly kind: 'texts' }
  | { readonly kind: 'group' }
  /** `message`: after the words the caller leaves one. */
  | { readonly kind: 'notice'; readonly message?: true }
  | { readonly kind: 'phone' }
  | { readonly kind: 'week' }
  | { readonly kind: 'holidays' };

export type FieldShape = FieldKind & {
  readonly name: string;
  /** Names the entry: typed once. */
  readonly once?: true;
  /** Only where the entry has this. */
  readonly when?: (entry: Entry) => boolean;
};

export interface PartShape {
  /** Of w.setupForm.parts; none for the first. */
  readonly head: string | null;
  readonly fields: readonly FieldShape[];
}

const ID: FieldShape = { name: 'id', kind: 'text', once: true, latin: true };
const LABEL: FieldShape = { name: 'label', kind: 'text' };
const BOTH: readonly FieldShape[] = [{ name: 'zh', kind: 'text' }, { name: 'en', kind: 'text' }];
const LINES: FieldShape = { name: 'lines', kind: 'some', of: 'lines' };

/** What stands on the form of each section. */
export const SHAPES: Readonly<Record<FormSection, readonly PartShape[]>> = {
  users: [
    {
      head: null,
      fields: [
        { name: 'name', kind: 'text', once: true, latin: true },
        { name: 'shown', kind: 'text' },
        { name: 'role', kind: 'choice', options: ['agent', 'supervisor', 'administrator', 'integration'] },
        { name: 'team', kind: 'one', of: 'teams', none: true },
        { name: 'active', kind: 'flag', leftOut: true },
      ],
    },
    { head: 'phone', fields: [{ name: 'phone', kind: 'phone' }, { name: 'sparePhone', kind: 'phone' }] },
    { head: 'who', fields: [{ name: 'grants', kind: 'rights' }] },
  ],
  teams: [{ head: null, fields: [ID, LABEL, { name: 'members', kind: 'members' }] }],
  queues: [
    { head: null, fields: [ID, LABEL] },
    { head: 'serve', fields: [{ name: 'agents', kind: 'some', of: 'users' }, { name: 'teams', kind: 'some', of: 'teams' }] },
    {
      head: 'wait',
      fields: [
        { name: 'announceSeconds', kind: 'number' },
        { name: 'callBackKey', kind: 'choice', options: ['0', '1', '2', '3', '4', '5', '6', '7', '8'], none: true },
        { name: 'callBackTries', kind: 'number' },
        { name: 'callBackMinutes', kind: 'number' },
        { name: 'parkSeconds', kind: 'number' },
        { name: 'dropOut', kind: 'choice', options: ['complete', 'back'], none: true },
        { name: 'autoAnswer', kind: 'flag', leftOut: false },
      ],
    },
  ],
  hours: [
    { head: null, fields: [ID, LABEL, { name: 'zone', kind: 'text', zones: true, latin: true }] },
    { head: 'week', fields: [{ name: 'week', kind: 'week' }] },
    { head: 'days', fields: [{ name: 'holidays', kind: 'holidays' }] },
  ],
  lines: [
    {
      head: null,
      fields: [
        { name: 'number', kind: 'text', once: true, latin: true },
        LABEL,
        { name: 'queue', kind: 'one', of: 'queues' },
        { name: 'hours', kind: 'one', of: 'hours', none: true },
        { name: 'priority', kind: 'number', usual: '0' },
        { name: 'waiting', kind: 'choice', options: ['ringing', 'music'] },
      ],
    },
    { head: 'record', fields: [{ name: 'recorded', kind: 'flag', leftOut: false }, { name: 'announcement', kind: 'notice' }] },
    {
      head: 'talk',
      fields: [
        { name: 'ringSeconds', kind: 'number', usual: '20' },
        { name: 'wrapUpSeconds', kind: 'number', usual: '60' },
        { name: 'rejoinSeconds', kind: 'number', usual: '60' },
        { name: 'maxWaitSeconds', kind: 'number', usual: '300' },
        { name: 'mostWaiting', kind: 'number' },
      ],
    },
    { head: 'busy', fields: [{ name: 'sorry', kind: 'notice' }, { name: 'closed', kind: 'notice' }, { name: 'full', kind: 'notice' }, { name: 'voicemail', kind: 'notice', message: true }] },
  ],
  dispositions: [{ head: null, fields: [{ name: 'code', kind: 'text', once: true, latin: true }, { name: 'in', kind: 'group' }, ...BOTH] }],
  fields: [
    {
      head: null,
      fields: [
        ID,
        { name: 'kind', kind: 'choice', options: ['text', 'number', 'date', 'choice'] },
        ...BOTH,
        { name: 'required', kind: 'flag', leftOut: false },
        { name: 'choices', kind: 'texts', when: (entry) => entry['kind'] === 'choice' || entry['choices'] !== undefined },
        LINES,
      ],
    },
  ],
  templates: [{ head: null, fields: [ID, LABEL, { name: 'text', kind: 'text', long: true }, LINES] }],
};

export const FORM_SECTIONS: readonly FormSection[] = ['users', 'teams', 'queues', 'lines', 'hours', 'dispositions', 'fields', 'templates'];

/** What a new entry begins with. */
export const FRESH: Readonly<Record<FormSection, Entry>> = {
  users: { name: '', shown: '', role: 'agent' },
  teams: { id: '', label: '' },
  queues: { id: '', label: '' },
  hours: { id: '', label: '', zone: Intl.DateTimeFormat().resolvedOptions().timeZone, week: ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => ({ days: [day], from: '09:00', to: '18:00' })) },
  lines: { number: '', label: '', waiting: 'music', recorded: false },
  dispositions: { code: '', zh: '', en: '' },
  fields: { id: '', zh: '', en: '', kind: 'text', required: false },
  templates: { id: '', label: '', text: '' },
};

/** Everything that may be granted, as the file writes it. */
export const RIGHTS = [
  'take-calls', 'dial-out', 'see-customers', 'edit-customers', 'import-customers', 'work-tasks', 'see-incidents', 'play-own-recordings', 'play-every-recording', 'see-team',
  'release-agents', 'lead-team', 'place-test-calls', 'try-numbers', 'send-events', 'see-system', 'manage-system', 'manage-users', 'manage-keys', 'read-audit',
] as const;
