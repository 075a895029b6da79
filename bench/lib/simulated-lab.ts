import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { openHubSocket, type HubSocket } from '../../src-main/hub-link/open-socket.ts';
import { chainAfter } from '../../src-shared/protocol/chain.ts';
import { Challenge, ENROL_PATH, Enrolled, enrolText, helloText, Welcome } from '../../src-shared/protocol/messages.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const HEARTBEAT_MS = 10_000;

/** As much of a harness as its hub sees: it enrols, links, tells its machines, and keeps its heart beating. */
export class SimulatedLab {
  readonly id: string;
  readonly #key;
  readonly #storeGen = randomUUID();
  #socket: HubSocket | null = null;
  #timer: NodeJS.Timeout | undefined;
  #seq = 0;
  #chain = '';
  session = '';

  private constructor(id: string, key: ReturnType<typeof generateKeyPairSync>['privateKey']) {
    this.id = id;
    this.#key = key;
  }

  static async enrol(url: string, code: string, name: string): Promise<SimulatedLab> {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const shown = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const signature = sign(null, Buffer.from(enrolText(code, shown)), privateKey).toString('base64');
    const body = JSON.stringify({ code, publicKey: shown, signature, name, machineMark: 'bench', appVersion: '1' });
    const answer = await fetch(`${url}${ENROL_PATH}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    if (!answer.ok) throw new Error(`enrolment: ${await answer.text()}`);
    return new SimulatedLab(Enrolled.parse(await answer.json()).harnessId, privateKey);
  }

  /** Resolves when the hub has counted its first facts; tries again like a harness whose hub has too much to do. */
  async link(url: string, suts: readonly object[]): Promise<void> {
    for (let tries = 0; this.session === ''; tries += 1) {
      await this.#try(url, suts).catch((error: unknown) => {
        this.#socket?.close();
        this.session = '';
        if (tries === 10) throw error;
      });
    }
    this.#timer = setInterval(() => void this.#beat(), HEARTBEAT_MS);
  }

  async #try(url: string, suts: readonly object[]): Promise<void> {
    this.#seq = 0;
    this.#chain = '';
    await new Promise<void>((resolve, reject) => {
      const socket = openHubSocket(url, {
        challenge: (message) => void this.#greet(socket, message, suts).then(resolve, reject),
        mail: () => undefined,
        console: () => Promise.reject(new Error('no machine here')),
        refused: () => reject(new Error('refused')),
        lost: (why) => reject(new Error(why)),
      });
      this.#socket = socket;
    });
  }

  async #greet(socket: HubSocket, message: unknown, suts: readonly object[]): Promise<void> {
    const { challenge } = Challenge.parse(message);
    await socket.call('hello', {
      ...{ versions: { min: 1, max: 1 }, harnessId: this.id, storeGen: this.#storeGen, incarnation: 1, head: 0, acked: 0 },
      signature: sign(null, Buffer.from(helloText(challenge, this.id, this.#storeGen)), this.#key).toString('base64'),
      ...{ mail: { gen: null, seq: 0, chain: '' }, clock: Date.now(), appVersion: '1', zone: 'UTC' },
    });
    const welcome = Welcome.parse(await socket.call('proof', { chain: '' }));
    this.session = welcome.session;
    await this.tell('open', { session: this.session });
    await this.tell('directory', { full: false, upserts: suts, removals: [] });
  }

  async tell(kind: string, body: object): Promise<void> {
    this.#seq += 1;
    const item = { seq: this.#seq, nonce: randomBytes(16).toString('hex'), kind, body: JSON.stringify(body) };
    const facts = { session: this.session, storeGen: this.#storeGen, before: this.#chain, items: [item] };
    this.#chain = chainAfter(this.#chain, item, sha256);
    await this.#socket?.call('facts', facts);
  }

  call(event: string, message: object): Promise<unknown> {
    if (this.#socket === null) throw new Error('not linked');
    return this.#socket.call(event, message);
  }

  async #beat(): Promise<void> {
    await this.#socket?.call('heartbeat', { session: this.session, clock: Date.now() }).catch(() => undefined);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket?.close();
  }
}
