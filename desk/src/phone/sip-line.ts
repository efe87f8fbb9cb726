import { type Invitation, SessionState, type URI, UserAgent, Web } from 'sip.js';
import type { PhoneAccount } from '../client/rest';
import { type Counters, countersIn } from './quality';
import type { SipCall, SipLine, SipLineEvents, Sound } from './line';

const ICE_GATHERING_WITHIN = 400;
const REGISTRATION_SECONDS = 120;
const UNREGISTER_WITHIN = 1_000;

/** SIP over the server's own WebSocket: one origin, the session is checked first. */
export function makeSipLine(account: PhoneAccount, events: SipLineEvents): SipLine {
  return new SipJsLine(account, events);
}

class SipJsLine implements SipLine {
  readonly #agent: UserAgent;
  readonly #uri: URI;
  readonly #registration = crypto.randomUUID();
  #sequence = 0;
  #started = false;
  #reopening = false;

  constructor(account: PhoneAccount, events: SipLineEvents) {
    const uri = UserAgent.makeURI(`sip:${account.extension}@${account.domain}`);
    if (uri === undefined) throw new Error(`Not a SIP address: ${account.extension}@${account.domain}`);
    this.#uri = uri;
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.#agent = new UserAgent({
      uri,
      authorizationUsername: account.extension,
      authorizationPassword: account.password,
      transportOptions: { server: `${scheme}://${location.host}${account.wsPath}`, keepAliveInterval: 0 },
      sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(openMicrophone),
      sessionDescriptionHandlerFactoryOptions: {
        iceGatheringTimeout: ICE_GATHERING_WITHIN,
        peerConnectionConfiguration: { iceServers: [...account.iceServers], bundlePolicy: 'max-bundle' },
      },
      // a graceful stop would send BYEs, and those end customers' calls
      gracefulShutdown: false,
      logLevel: 'error',
      delegate: {
        onDisconnect: () => this.#reopening || events.disconnected(),
        onInvite: (invitation) => events.invited(new SipJsCall(invitation)),
      },
    });
  }

  async connect(): Promise<void> {
    if (!this.#started) {
      this.#started = true;
      return this.#agent.start();
    }
    this.#reopening = true;
    try {
      await this.#agent.transport.disconnect();
    } finally {
      this.#reopening = false;
    }
    return this.#agent.reconnect();
  }

  register(answered: (status: number) => void): void {
    this.#register(REGISTRATION_SECONDS, answered);
  }

  async unregister(): Promise<void> {
    if (!this.#agent.isConnected()) return;
    await new Promise<void>((done) => {
      setTimeout(done, UNREGISTER_WITHIN);
      this.#register(0, () => done());
    });
  }

  close(): void {
    void this.#agent.stop();
  }

  /** Not the library's Registerer: that one is blocked for 32 s by a REGISTER without an answer. */
  #register(expires: number, answered: (status: number) => void): void {
    const core = this.#agent.userAgentCore;
    const registrar = this.#uri.clone();
    registrar.user = undefined;
    // two numbers each: the answer to the challenge takes the second
    this.#sequence += 2;
    const params = { callId: this.#registration, cseq: this.#sequence };
    const contact = `Contact: ${this.#agent.contact.toString()};expires=${expires}`;
    const request = core.makeOutgoingRequestMessage('REGISTER', registrar, this.#uri, this.#uri, params, [contact]);
    core.register(request, {
      onAccept: ({ message }) => answered(message.statusCode ?? 200),
      onReject: ({ message }) => answered(message.statusCode ?? 500),
    });
  }
}

/** The stream that is already open: asking for it again would cost a few hundred milliseconds. */
let microphoneInUse: MediaStream | null = null;

function openMicrophone(): Promise<MediaStream> {
  return microphoneInUse === null
    ? Promise.reject(new Error('The microphone is not open.'))
    : Promise.resolve(microphoneInUse);
}

class SipJsCall implements SipCall {
  readonly callId: string | null;
  readonly auto: boolean;
  readonly #invitation: Invitation;
  #ended = (): void => {};
  #sound: (sound: Sound) => void = () => {};

  constructor(invitation: Invitation) {
    this.#invitation = invitation;
    this.callId = invitation.request.getHeader('X-Cordboard-Call') ?? null;
    this.auto = invitation.request.getHeader('X-Cordboard-Auto') !== undefined;
    invitation.stateChange.addListener((state) => {
      if (state === SessionState.Terminated) this.#ended();
    });
  }

  listen(listener: { ended(): void; sound(sound: Sound): void }): void {
    this.#ended = () => listener.ended();
    this.#sound = (sound) => listener.sound(sound);
  }

  async accept(microphone: MediaStream): Promise<void> {
    microphoneInUse = microphone;
    await this.#invitation.accept({
      sessionDescriptionHandlerOptions: { constraints: { audio: true, video: false } },
    });
    this.#watch();
  }

  abandon(): void {
    this.#sound = () => {};
    this.#handler()?.close();
  }

  mute(on: boolean): void {
    this.#connection()
      ?.getSenders()
      .forEach((sender) => {
        if (sender.track) sender.track.enabled = !on;
      });
  }

  async speakWith(microphone: MediaStream): Promise<void> {
    microphoneInUse = microphone;
    const [track = null] = microphone.getAudioTracks();
    const senders = this.#connection()?.getSenders() ?? [];
    await Promise.all(senders.map((sender) => sender.replaceTrack(track)));
  }

  sendTone(digit: string): void {
    const keys = this.#connection()?.getSenders().map(({ dtmf }) => dtmf).find((dtmf) => dtmf !== null);
    // what is still to be sent would be replaced: of keys that are pressed fast, some would be lost
    keys?.insertDTMF(keys.toneBuffer + digit);
  }

  remoteSound(): MediaStream | null {
    return this.#handler()?.remoteMediaStream ?? null;
  }

  async counters(): Promise<Counters | null> {
    const report = await this.#connection()?.getStats();
    return report === undefined ? null : countersIn(report.values() as Iterable<RTCStats>);
  }

  #handler(): Web.SessionDescriptionHandler | undefined {
    return this.#invitation.sessionDescriptionHandler as Web.SessionDescriptionHandler | undefined;
  }

  #connection(): RTCPeerConnection | undefined {
    return this.#handler()?.peerConnection;
  }

  /** A switch that dies sends no BYE: only ICE tells. */
  #watch(): void {
    const connection = this.#connection();
    if (connection === undefined) return;
    const look = (): void => this.#sound(soundOf(connection.iceConnectionState));
    connection.addEventListener('iceconnectionstatechange', look);
    look();
  }
}

function soundOf(state: RTCIceConnectionState): Sound {
  if (state === 'connected' || state === 'completed') return 'flowing';
  if (state === 'disconnected') return 'broken';
  return state === 'failed' ? 'gone' : 'none';
}
