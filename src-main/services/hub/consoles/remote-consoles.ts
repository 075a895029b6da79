import { consoleProblem } from '../../../../src-shared/model/remote-consoles.ts';
import { CONSOLE_WAIT_MS, ConsoleAsk, type ConsoleAnswer, type ConsoleDeed } from '../../../../src-shared/protocol/console.ts';
import { asWorkbenchError, WorkbenchError } from '../../../errors.ts';
import { findHub, isPersonOff } from '../../../store/hub.ts';
import { findSut } from '../../../store/suts.ts';
import type { Caller } from '../../caller.ts';
import { remoteName, type HubServices } from '../hub-services.ts';
import { nextPiece } from './next-piece.ts';
import { Pace } from './pace.ts';

/** All consoles that go to the hub together, in bytes a second. */
const BYTES_PER_SECOND = 256 * 1024;
/** Who does not ask for more for so long (ms) has left. */
const PATIENCE = 20_000;
const MOST_VIEWERS = 32;

interface Viewer {
  sutId: string;
  person: string;
  /** State as it was told last, without what changes with every byte. */
  told: string;
  leave(): void;
  timer: NodeJS.Timeout | undefined;
}

type Services = Pick<HubServices, 'store' | 'changes' | 'consoles'>;

/**
 * Consoles for people of the hub. They ask for each piece, so nothing is sent that nobody waits for; each question is decided anew, and whoever may
 * not any more loses console and keys at once.
 */
export class RemoteConsoles {
  readonly #services: Services;
  readonly #session: () => string | null;
  readonly #viewers = new Map<string, Viewer>();
  readonly #pace = new Pace(BYTES_PER_SECOND);
  readonly #waiting = new Set<() => void>();
  readonly #stops: (() => void)[];
  #closed = false;

  /** `session`: of the link as it is now; null = there is none. */
  constructor(services: Services, session: () => string | null) {
    this.#services = services;
    this.#session = session;
    const { changes } = services;
    this.#stops = [
      changes.on('console:changed', () => this.#wake()),
      ...(['hub:changed', 'reservations:changed', 'suts:changed'] as const).map((change) => changes.on(change, () => this.#examine())),
    ];
  }

  /** Never rejects: whatever is wrong is an answer. */
  async ask(message: unknown): Promise<ConsoleAnswer> {
    try {
      const { session, person, sutId, deed } = ConsoleAsk.parse(message);
      if (session !== this.#session()) throw new WorkbenchError('HUB_OFFLINE', 'This link is over.');
      return await this.#do(deed, sutId, person);
    } catch (error) {
      const { code, message: sentence, data } = asWorkbenchError(error);
      const reasons = data.reasons.slice(0, 100).map((one) => ({ code: one.code, message: one.message, subject: one.subject }));
      return { kind: 'refused', code, message: sentence.slice(0, 2000), reasons };
    }
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    for (const id of [...this.#viewers.keys()]) this.#drop(id);
    this.#wake();
  }

  async #do(deed: ConsoleDeed, sutId: string, person: string): Promise<ConsoleAnswer> {
    const { consoles } = this.#services;
    switch (deed.kind) {
      case 'read':
        return this.#read(deed, sutId, person);
      case 'leave':
        if (this.#viewers.get(deed.viewer)?.person === person) this.#drop(deed.viewer);
        return { kind: 'done', console: consoles.state(sutId) };
      case 'giveBack':
        return { kind: 'done', console: consoles.releaseWriter(sutId, this.#callerOf(person)) };
      case 'take':
        return this.#take(sutId, person, deed.confirmed);
      case 'write':
        this.#demand(sutId, person, 'write');
        consoles.write(sutId, deed.text, this.#callerOf(person));
        return { kind: 'done', console: consoles.state(sutId) };
    }
  }

  #take(sutId: string, person: string, confirmed: boolean): ConsoleAnswer {
    this.#demand(sutId, person, 'write');
    const { consoles } = this.#services;
    const watched = [...this.#viewers.values()].some((one) => one.sutId === sutId && one.person === person);
    if (!watched) throw new WorkbenchError('CONFLICT', 'Open the console first.');
    const who = this.#callerOf(person);
    const before = consoles.state(sutId).writer;
    const console = consoles.takeWriter(sutId, confirmed, who);
    if (before !== who.user) consoles.note({ sutId, who: who.user, what: 'console typed on from afar' });
    return { kind: 'done', console };
  }

  async #read(deed: Extract<ConsoleDeed, { kind: 'read' }>, sutId: string, person: string): Promise<ConsoleAnswer> {
    this.#demand(sutId, person, 'read');
    const viewer = this.#viewerOf(deed.viewer, sutId, person);
    const until = performance.now() + CONSOLE_WAIT_MS;
    for (;;) {
      // Whoever was sent away meanwhile is told why.
      this.#demand(sutId, person, 'read');
      if (this.#viewers.get(deed.viewer) !== viewer) throw new WorkbenchError('CANCELLED', 'This view of the console was closed.');
      const left = until - performance.now();
      const answer = this.#news(viewer, deed.place, left <= 0);
      if (answer !== null) return answer;
      await this.#rest(this.#pace.wait() > 0 ? Math.min(this.#pace.wait(), left) : left);
    }
  }

  /** Null = nothing is new, or it is not its turn. `ends`: it is answered all the same. */
  #news(viewer: Viewer, place: Extract<ConsoleDeed, { kind: 'read' }>['place'], ends: boolean): ConsoleAnswer | null {
    const { consoles } = this.#services;
    const state = consoles.state(viewer.sutId);
    const told = JSON.stringify({ ...state, recording: state.recording?.id });
    const piece = this.#pace.wait() > 0 ? null : nextPiece(consoles, viewer.sutId, place);
    if (piece === null && told === viewer.told && !ends) return null;
    viewer.told = told;
    this.#pace.sent(piece?.bytes.length ?? 0);
    clearTimeout(viewer.timer);
    viewer.timer = this.#timerOf(viewer);
    return { kind: 'piece', console: state, piece: piece === null ? null : { ...piece, bytes: piece.bytes.toString('base64') } };
  }

  #viewerOf(id: string, sutId: string, person: string): Viewer {
    const known = this.#viewers.get(id);
    if (known !== undefined) {
      if (known.sutId !== sutId || known.person !== person) throw new WorkbenchError('CONFLICT', 'This view belongs to somebody else.');
      clearTimeout(known.timer);
      return known;
    }
    if (this.#viewers.size >= MOST_VIEWERS)
      throw new WorkbenchError(
        'CONFLICT',
        `${MOST_VIEWERS} consoles of this lab are watched from afar, and more do not fit the link. Close one.`,
      );
    const { consoles } = this.#services;
    const viewer: Viewer = { sutId, person, told: '', leave: consoles.attach(sutId), timer: undefined };
    this.#viewers.set(id, viewer);
    consoles.note({ sutId, who: this.#callerOf(person).user, what: 'console opened from afar' });
    return viewer;
  }

  #timerOf(viewer: Viewer): NodeJS.Timeout {
    return setTimeout(() => {
      for (const [id, one] of this.#viewers) if (one === viewer) this.#drop(id);
    }, PATIENCE).unref();
  }

  /** Something changed that decides who may what. */
  #examine(): void {
    const linked = this.#session() !== null;
    for (const [id, { sutId, person }] of [...this.#viewers]) {
      if (!linked || this.#problem(sutId, person, 'read') !== null) this.#drop(id);
      else if (this.#problem(sutId, person, 'write') !== null) this.#giveBack(sutId, person);
    }
    this.#wake();
  }

  #drop(id: string): void {
    const viewer = this.#viewers.get(id);
    if (viewer === undefined) return;
    const { sutId, person } = viewer;
    clearTimeout(viewer.timer);
    this.#viewers.delete(id);
    const stays = [...this.#viewers.values()].some((one) => one.sutId === sutId && one.person === person);
    if (!stays) this.#giveBack(sutId, person);
    viewer.leave();
  }

  #giveBack(sutId: string, person: string): void {
    const { store, consoles } = this.#services;
    const hub = findHub(store);
    const { writer } = consoles.state(sutId);
    // The hub may be forgotten already; a name with its mark is nobody's of here.
    const own = hub === undefined ? writer?.startsWith(`${person} @ `) === true : writer === remoteName(person, hub.url);
    if (writer !== null && own) consoles.releaseWriter(sutId, { user: writer, origin: 'hub' });
  }

  #demand(sutId: string, person: string, deed: 'read' | 'write'): void {
    if (this.#closed) throw new WorkbenchError('CANCELLED', 'The workbench of this lab was closed.');
    const problem = this.#problem(sutId, person, deed);
    if (problem !== null) throw new WorkbenchError('FORBIDDEN', problem);
  }

  #problem(sutId: string, person: string, deed: 'read' | 'write'): string | null {
    const { store } = this.#services;
    const hub = findHub(store);
    if (hub === undefined || hub.state !== 'ok') return 'The lab is not part of the hub now.';
    const holds = findSut(store, sutId)?.reservedBy === remoteName(person, hub.url) && !isPersonOff(store, person);
    return consoleProblem({ policy: hub.consoles, paused: hub.paused === 1, holds }, deed);
  }

  #callerOf(person: string): Caller {
    const hub = findHub(this.#services.store);
    if (hub === undefined) throw new WorkbenchError('HUB_OFFLINE', 'The lab is not part of the hub now.');
    return { user: remoteName(person, hub.url), origin: 'hub' };
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** So long, or until something changes. */
  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, Math.max(1, ms));
      this.#waiting.add(end);
    });
  }
}
