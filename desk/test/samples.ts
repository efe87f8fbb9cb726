import type { CallView, Card, Me, Snapshot } from '../src/generated/wire';

export const me: Me = {
  agentId: 'a1',
  user: 'li',
  name: '李',
  state: 'READY',
  reason: null,
  since: '2026-11-23T10:00:00Z',
  phone: 'BROWSER',
  address: '2001',
  phoneState: 'IDLE',
  linkUp: true,
  audioOwner: 'c1',
  callsToday: 0,
  talkMillisToday: 0,
  spare: null,
  wrapUpMillisToday: 0,
  missedToday: 0,
};

export function call(changes: Partial<CallView> = {}): CallView {
  return {
    callId: 'call-1',
    phase: 'TALKING',
    line: 'Sales',
    queue: 'sales',
    number: '+8613800138000',
    numberState: 'KNOWN',
    callerName: null,
    arrivedAt: '2026-11-23T10:00:00Z',
    deadlineAt: null,
    answeredAt: null,
    heldSince: null,
    endedAt: null,
    wrapUpUntil: null,
    endedBy: null,
    recording: 'NOT_RECORDED',
    controlled: true,
    approximate: false,
    match: { state: 'CLEAR', customerId: 'cu1', candidates: [] },
    verified: null,
    alsoTalking: [],
    notes: '',
    notesRevision: 0,
    disposition: null,
    handover: null,
    earlierNotes: [],
    autoAnswer: false,
    consultation: null,
    others: [],
    lineNumber: '4008001234',
    answers: [],
    mayExtend: false,
    outgoing: null,
    callBackAskedAt: null,
    inside: false,
    ...changes,
  };
}

export function card(changes: Partial<Card> = {}): Card {
  return {
    id: 'cu1',
    version: 1,
    kind: 'PERSON',
    name: '王小明',
    language: 'zh-CN',
    level: 'GOLD',
    since: '2014-05-01',
    demo: true,
    tags: [],
    identities: [],
    sensitive: [],
    orders: [],
    service: [],
    calls: [],
    ...changes,
  };
}

export function snapshot(seq: number, changes: Partial<Snapshot> = {}): Snapshot {
  return {
    type: 'snapshot',
    seq,
    connection: 'c1',
    serverTime: '2026-11-23T10:00:00Z',
    me,
    calls: [],
    cards: {},
    queues: [],
    captions: {},
    tasks: { open: 0, due: 0, latest: null, version: '' },
    ...changes,
  };
}
