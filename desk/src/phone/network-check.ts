import type { PhoneAccount } from '../client/rest';
import type { Timers } from '../client/timers';

/** How one part of the check came out; the code has its words in i18n. */
export interface Finding {
  readonly code: FindingCode;
  readonly outcome: 'good' | 'doubtful' | 'bad';
  /** Millis of a round trip, where the words tell it. */
  readonly value: number;
}

export type FindingCode =
  | 'socketClosed'
  | 'switchAnswers'
  | 'switchSlow'
  | 'switchSilent'
  | 'noAddresses'
  | 'udpOpen'
  | 'udpUnproven'
  | 'udpBlocked'
  | 'udpRelayed'
  | 'relayWorks'
  | 'relayRefused'
  | 'relayUnreachable';

const OUTCOMES: Readonly<Record<FindingCode, Finding['outcome']>> = {
  socketClosed: 'bad',
  switchAnswers: 'good',
  switchSlow: 'doubtful',
  switchSilent: 'bad',
  noAddresses: 'bad',
  udpOpen: 'good',
  udpUnproven: 'doubtful',
  udpBlocked: 'bad',
  udpRelayed: 'doubtful',
  relayWorks: 'good',
  relayRefused: 'bad',
  relayUnreachable: 'bad',
};

const ANSWER_WITHIN = 4_000;
const GATHER_WITHIN = 6_000;
const QUESTIONS = 3;
/** Above it both begin to talk at once: ITU-T G.114 asks for 150 ms one way. */
const SLOW = 300;
/** A TURN server's answers to a name or password that it does not know. */
const UNAUTHORISED = [401, 403, 438, 441];

export interface Candidate {
  readonly type: string;
  /** How a relay is reached: udp, tcp or tls. */
  readonly relayProtocol: string | null;
}

export interface Gathered {
  readonly candidates: readonly Candidate[];
  readonly errors: readonly { readonly url: string; readonly code: number }[];
}

export interface NetworkParts {
  readonly timers: Timers;
  socket(path: string): WebSocket;
  connection(servers: readonly RTCIceServer[]): RTCPeerConnection;
}

/** The way of the calls (WSS, through the server to the switch) and the ways of the voice (ICE). */
export async function checkNetwork(account: PhoneAccount, parts: NetworkParts): Promise<readonly Finding[]> {
  const [signalling, voice] = await Promise.all([
    askSwitch(account, parts),
    gather(account.iceServers, parts).then((gathered) => judge(account.iceServers, gathered)),
  ]);
  return [signalling, ...voice];
}

export function finding(code: FindingCode, value = 0): Finding {
  return { code, outcome: OUTCOMES[code], value };
}

// ---- signalling --------------------------------------------------------------------------------

/** Asks the switch as a phone would, on a connection of its own, and takes the middle of the round trips. */
async function askSwitch(account: PhoneAccount, { socket, timers }: NetworkParts): Promise<Finding> {
  const line = socket(account.wsPath);
  try {
    if (!(await within(timers, ANSWER_WITHIN, opened(line)))) return finding('socketClosed');
    const trips: number[] = [];
    for (let n = 1; n <= QUESTIONS; n++) {
      const asked = timers.now();
      line.send(question(account, n));
      if (!(await within(timers, ANSWER_WITHIN, answered(line)))) return finding('switchSilent');
      trips.push(timers.now() - asked);
    }
    const middle = trips.sort((a, b) => a - b)[Math.floor(QUESTIONS / 2)] ?? 0;
    return finding(middle > SLOW ? 'switchSlow' : 'switchAnswers', Math.round(middle));
  } finally {
    line.close();
  }
}

function opened(line: WebSocket): Promise<boolean> {
  return new Promise((tell) => {
    line.onopen = () => tell(true);
    line.onclose = () => tell(false);
  });
}

/** Any answer proves the way, also a refusal. */
function answered(line: WebSocket): Promise<boolean> {
  return new Promise((tell) => {
    line.onmessage = () => tell(true);
    line.onclose = () => tell(false);
  });
}

function question({ extension, domain }: PhoneAccount, n: number): string {
  const own = Math.random().toString(36).slice(2, 12);
  return [
    `OPTIONS sip:${domain} SIP/2.0`,
    `Via: SIP/2.0/WSS ${own}.invalid;branch=z9hG4bK${own}`,
    'Max-Forwards: 70',
    `From: <sip:${extension}@${domain}>;tag=${own}`,
    `To: <sip:${domain}>`,
    `Call-ID: ${own}`,
    `CSeq: ${n} OPTIONS`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

function within(timers: Timers, millis: number, work: Promise<boolean>): Promise<boolean> {
  return new Promise((tell) => {
    const cancel = timers.after(millis, () => tell(false));
    void work.then((done) => {
      cancel();
      tell(done);
    });
  });
}

// ---- ways of the voice -------------------------------------------------------------------------

/** All addresses at which this browser can be reached, as STUN and TURN servers tell them. */
async function gather(servers: readonly RTCIceServer[], { connection, timers }: NetworkParts): Promise<Gathered> {
  const candidates: Candidate[] = [];
  const errors: { url: string; code: number }[] = [];
  const peer = connection(servers);
  try {
    const complete = new Promise<boolean>((tell) => {
      peer.onicecandidate = ({ candidate }) => {
        if (candidate === null) tell(true);
        else if (candidate.type !== null) candidates.push({ type: candidate.type, relayProtocol: relayOf(candidate) });
      };
    });
    peer.onicecandidateerror = (event) => errors.push({ url: event.url, code: event.errorCode });
    peer.createDataChannel('check');
    await peer.setLocalDescription(await peer.createOffer());
    await within(timers, GATHER_WITHIN, complete);
  } finally {
    peer.close();
  }
  return { candidates, errors };
}

function relayOf(candidate: RTCIceCandidate): string | null {
  return (candidate as RTCIceCandidate & { relayProtocol?: string }).relayProtocol ?? null;
}

/** What the addresses that were found, and those that were not, mean for a talk. */
export function judge(servers: readonly RTCIceServer[], { candidates, errors }: Gathered): readonly Finding[] {
  if (candidates.length === 0) return [finding('noAddresses')];
  const urls = servers.flatMap((server) => server.urls);
  const turn = urls.some((url) => /^turns?:/.test(url));
  const relays = candidates.filter(({ type }) => type === 'relay');
  const reflexive = candidates.some(({ type }) => type === 'srflx');
  const byUdp = reflexive || relays.some(({ relayProtocol }) => relayProtocol === 'udp');
  // a STUN server that answers with an address we know already makes no candidate, and no error either
  const stunFailed = errors.some(({ url }) => url.startsWith('stun'));
  const stun = urls.some((url) => url.startsWith('stun'));
  const found: Finding[] = [];
  if (urls.length === 0) found.push(finding('udpUnproven'));
  else if (byUdp || (stun && !stunFailed)) found.push(finding('udpOpen'));
  else found.push(finding(relays.length > 0 ? 'udpRelayed' : 'udpBlocked'));
  if (turn) found.push(finding(relays.length > 0 ? 'relayWorks' : whyNoRelay(errors)));
  return found;
}

function whyNoRelay(errors: Gathered['errors']): FindingCode {
  return errors.some(({ url, code }) => url.startsWith('turn') && UNAUTHORISED.includes(code)) ? 'relayRefused' : 'relayUnreachable';
}

export function browserNetwork(timers: Timers): NetworkParts {
  return {
    timers,
    socket: (path) => new WebSocket(`${location.origin.replace(/^http/, 'ws')}${path}`, 'sip'),
    connection: (servers) => new RTCPeerConnection({ iceServers: [...servers] }),
  };
}
