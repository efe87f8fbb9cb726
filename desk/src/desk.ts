import { asFault, DeskFault } from './client/faults';
import type { PhoneAccount, Rest, Session } from './client/rest';
import { DeskSocket } from './client/socket';
import { SentTeam } from './client/team';
import { realTimers } from './client/timers';
import { browserKeep } from './features/notes/browser-keep';
import { NotesKeeper } from './features/notes/keeper';
import { hushForCalls, players } from './features/timeline/players';
import type { DeskCommand } from './generated/wire';
import { browserDevices } from './phone/devices';
import type { SipCall, SipLine, SipLineEvents } from './phone/line';
import { BrowserMicrophone } from './phone/microphone';
import { Phone } from './phone/phone';
import { QualityPost } from './phone/quality-post';
import { Ring } from './phone/ring';
import { Speaker } from './phone/speaker';
import { DeskStore } from './store/store';
import { Panel } from './ui/panel';
import { DialDoubt } from './ui/dial-doubt';
import { Toasts } from './ui/toasts';

/** An agent whose phone was lost is brought back within seconds; else this page asks for it. */
const REJOIN_PATIENCE = 3_000;

const OVER: readonly string[] = ['WRAP_UP', 'DONE'];

/** Everything that lives as long as one sign-in: made by the page, used by its parts. */
export class Desk {
  readonly session: Session;
  readonly rest: Rest;
  readonly store: DeskStore;
  readonly phone: Phone;
  readonly notes: NotesKeeper;
  readonly devices = browserDevices();
  readonly ring = new Ring(() => this.devices.idFor('ring'));
  readonly speaker = new Speaker(() => this.devices.idFor('speaker'));
  readonly toasts = new Toasts(realTimers);
  readonly dialDoubt = new DialDoubt();
  readonly panel = new Panel();
  readonly team: SentTeam;
  readonly #socket: DeskSocket;
  readonly #quality = new QualityPost((report) => this.send({ type: 'reportQuality', ...report }));
  /** Connections of this page, also those that were lost: sound owned by one of them is ours. */
  readonly #connections = new Set<string>();
  #address = '';
  #present = false;
  #cancelRejoin: (() => void) | null = null;

  constructor(session: Session, rest: Rest) {
    this.session = session;
    this.rest = rest;
    this.store = new DeskStore(() => void this.send({ type: 'askSnapshot' }).catch(() => {}), realTimers.now);
    this.team = new SentTeam((command) => this.send(command));
    this.#socket = new DeskSocket(
      () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/desk`),
      {
        message: (message) => this.store.receive(message),
        team: (view) => this.team.receive(view),
        link: (link) => {
          this.store.setLink(link);
          if (link.state === 'up') this.#quality.retry();
          this.team.link(link.state === 'up');
        },
        sessionDoubtful: () => void rest.checkSession(),
      },
      realTimers,
    );
    this.notes = new NotesKeeper(
      session.user.username,
      browserKeep(() => this.toasts.storageFull()),
      (callId, text, revision) => this.send({ type: 'saveNotes', callId, text, revision }),
      realTimers,
    );
    this.phone = new Phone({
      timers: realTimers,
      microphone: new BrowserMicrophone(() => this.devices.idFor('microphone')),
      makeLine: (events) => new LateLine(() => this.rest.get<PhoneAccount>('/phone'), events),
      play: (sound) => this.speaker.play(sound),
      sounded: (callId, stretch) => this.#quality.tell({ callId, ...stretch }),
    });
  }

  start(): () => void {
    const stopWatching = this.store.subscribe(() => this.#follow());
    const stopDevices = this.#followDevices();
    const stopHushing = hushForCalls(this.store, players);
    const stopNotices = this.store.onNotice((notice) => this.toasts.notice(notice));
    const back = (): void => this.#networkMayBeBack();
    const leaving = (): void => this.phone.tellQuality();
    addEventListener('pagehide', leaving);
    addEventListener('online', back);
    document.addEventListener('visibilitychange', back);
    this.#socket.start();
    return () => {
      stopWatching();
      stopDevices();
      stopHushing();
      stopNotices();
      removeEventListener('pagehide', leaving);
      removeEventListener('online', back);
      document.removeEventListener('visibilitychange', back);
      this.#socket.stop();
      this.phone.stop();
      this.ring.stop();
    };
  }

  /** Resolves when the server has committed it; rejects with a DeskFault. */
  send(command: DeskCommand): Promise<void> {
    return this.#socket.send(command);
  }

  /** As send(), but tells the agent what went wrong. */
  async carryOut(command: DeskCommand): Promise<boolean> {
    try {
      await this.send(command);
      return true;
    } catch (error) {
      this.toasts.fault(asFault(error));
      return false;
    }
  }

  /** Calls a number; a customer who does not want to be called is asked about first. */
  async dial(number: string, queue: string | null, despite: string | null): Promise<void> {
    this.ring.unlock();
    try {
      await this.send({ type: 'dial', number, queue, despite });
      this.dialDoubt.set(null);
      // the call is behind it
      this.panel.close();
    } catch (error) {
      const fault = asFault(error);
      if (fault.type === '/problems/unconfirmed') this.dialDoubt.set({ number, queue });
      else this.toasts.fault(fault);
    }
  }

  /**
   * A call may ring at the browser phone or at a phone without a body: only the server knows. The one
   * is answered here, the other by command, and the command does no harm to the first.
   */
  async answer(callId: string): Promise<void> {
    this.ring.stop();
    if (this.ownsSound()) this.phone.answer(callId);
    try {
      await this.send({ type: 'answer', callId });
      this.phone.forget(callId);
    } catch (error) {
      const fault = asFault(error);
      if (!this.ownsSound() || fault.type !== '/problems/refused') this.toasts.fault(fault);
    }
  }

  ownsSound(): boolean {
    const me = this.store.get().view?.me;
    return me?.phone === 'BROWSER' && me.audioOwner !== null && this.#connections.has(me.audioOwner);
  }

  retryLink(): void {
    this.#socket.tryNow();
  }

  #networkMayBeBack(): void {
    if (document.visibilityState === 'hidden') return;
    this.#socket.tryNow();
    this.phone.nudge();
  }

  #follow(): void {
    const { view, link } = this.store.get();
    if (view === null) return;
    this.#connections.add(view.connection);
    view.calls.forEach((call) => this.notes.serverSaid(call));
    // while the link is down nothing is known about who owns the sound: a running talk stays
    if (link.state !== 'up') return;
    this.#bePresent(view.me.state);
    // a call comes before the check of the phone that it rings at
    if (view.me.state === 'OFFERED' && this.panel.get()?.what === 'phone') this.panel.close();
    // an administrator gave this agent another phone
    if (this.#address !== view.me.address) this.phone.stop();
    this.#address = view.me.address;
    if (this.ownsSound()) this.phone.start();
    else this.phone.stop();
    if (view.me.state === 'READY') this.phone.checkMicrophone();
    this.phone.onlyThese(view.calls.filter((call) => !OVER.includes(call.phase)).map((call) => call.callId));
    // a page that was loaded anew has lost what rang in it
    this.#followRejoin(view.calls.some(({ phase }) => phase === 'REJOINING' || phase === 'RINGING'));
  }

  /** What was chosen is used at once; a microphone that was unplugged in a talk is taken again when it is back. */
  #followDevices(): () => void {
    let microphone = this.devices.idFor('microphone');
    const stopFollowing = this.devices.subscribe(() => {
      this.speaker.follow();
      const chosen = this.devices.idFor('microphone');
      if (chosen !== microphone || this.phone.get().trouble === 'unplugged') void this.phone.renewMicrophone();
      microphone = chosen;
    });
    const stop = this.devices.start();
    return () => {
      stopFollowing();
      stop();
    };
  }

  /** A desk that opens is there, if not ready yet. */
  #bePresent(state: string): void {
    if (!this.#present && state === 'OFFLINE') void this.send({ type: 'notReady', reason: 'signed-in' }).catch(() => {});
    this.#present = true;
  }

  #followRejoin(toRing: boolean): void {
    if (!toRing) {
      this.#cancelRejoin?.();
      this.#cancelRejoin = null;
    } else if (this.#cancelRejoin === null) {
      this.#cancelRejoin = realTimers.after(REJOIN_PATIENCE, () => {
        this.#cancelRejoin = null;
        this.phone.announceAnew();
        this.#follow();
      });
    }
  }
}

/** The SIP stack is a third of the page and only needed by browser phones: loaded with the first one. */
class LateLine implements SipLine {
  readonly #make: () => Promise<SipLine>;
  #line: Promise<SipLine> | null = null;

  constructor(account: () => Promise<PhoneAccount>, events: SipLineEvents) {
    const guarded: SipLineEvents = {
      disconnected: () => events.disconnected(),
      invited: (call: SipCall) => events.invited(call),
    };
    this.#make = async () => {
      const [known, { makeSipLine }] = await Promise.all([account(), import('./phone/sip-line')]);
      return makeSipLine(known, guarded);
    };
  }

  async connect(): Promise<void> {
    this.#line ??= this.#make();
    try {
      await (await this.#line).connect();
    } catch (error) {
      // an account that could not be read is asked for again
      if (error instanceof DeskFault) this.#line = null;
      throw error;
    }
  }

  register(answered: (status: number) => void): void {
    void this.#line?.then((line) => line.register(answered));
  }

  async unregister(): Promise<void> {
    try {
      await (await this.#line)?.unregister();
    } catch (error) {
      if (!(error instanceof DeskFault)) throw error;
    }
  }

  close(): void {
    this.#line?.then((line) => line.close()).catch(() => {});
  }
}
