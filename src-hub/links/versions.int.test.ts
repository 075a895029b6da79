import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openHubSocket, type HubSocket } from '../../src-main/hub-link/open-socket.ts';
import { chainAfter, CHAIN_START } from '../../src-shared/protocol/chain.ts';
import type { Fact, Item } from '../../src-shared/protocol/items.ts';
import { enrolText, helloText, VERSIONS, type Hello, type Refused, type Welcome } from '../../src-shared/protocol/messages.ts';
import { findConsole } from '../consoles/find-console.ts';
import { demandKnown } from '../runs/resolve-bringing.ts';
import { findHarness } from '../store/links.ts';
import { decideEnrolment, makeCode, takeEnrolment } from './enrolment.ts';
import { openLinkBench, type LinkBench } from './link-bench.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** A workbench of another version than the hub: it speaks the words of the link and knows nothing beyond them. */
class OtherWorkbench {
  readonly #services: LinkBench['services'];
  readonly #url: string;
  readonly #privateKey: KeyObject;
  readonly #publicKey: string;
  readonly #storeGen = randomUUID();
  readonly #sockets: HubSocket[] = [];
  readonly #items: Item[] = [];
  #chain = CHAIN_START;
  id = '';

  constructor({ services, url }: LinkBench) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    [this.#services, this.#url, this.#privateKey] = [services, url, privateKey];
    this.#publicKey = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  }

  #sign(text: string): string {
    return sign(null, Buffer.from(text), this.#privateKey).toString('base64');
  }

  async enrol(): Promise<void> {
    const { code } = await makeCode(this.#services, 'root');
    const about = { name: 'Old lab', machineMark: 'x', appVersion: '0.0.1' };
    const signature = this.#sign(enrolText(code, this.#publicKey));
    this.id = (await takeEnrolment(this.#services, { code, publicKey: this.#publicKey, signature, ...about }))?.harnessId ?? '';
    await decideEnrolment(this.#services, { id: this.id, event: 'approved' });
  }

  /** Greets with these versions; answers how the hub takes it. */
  async greet(versions: Hello['versions']): Promise<{ socket: HubSocket; answer: Welcome | Refused }> {
    let socket: HubSocket | undefined;
    const challenge = await new Promise<string>((resolve, reject) => {
      socket = openHubSocket(this.#url, {
        challenge: (message) => resolve((message as { challenge: string }).challenge),
        mail: () => undefined,
        console: () => Promise.resolve(null),
        refused: () => undefined,
        lost: (why) => reject(new Error(why)),
      });
    });
    if (socket === undefined) throw new Error('no connection');
    this.#sockets.push(socket);
    const known = { harnessId: this.id, storeGen: this.#storeGen, head: this.#items.length, acked: this.#items.length };
    const hello: Hello = {
      ...{ ...known, versions, signature: this.#sign(helloText(challenge, this.id, this.#storeGen)), incarnation: 1 },
      ...{ mail: { gen: null, seq: 0, chain: CHAIN_START }, clock: Date.now(), appVersion: '0.0.1', zone: '' },
    };
    const asked = (await socket.call('hello', hello)) as Refused | { kind: 'prove' };
    if (asked.kind === 'refused') return { socket, answer: asked };
    return { socket, answer: (await socket.call('proof', { chain: this.#chain })) as Welcome };
  }

  /** Tells facts as an older one words them: what came later is not in them. */
  async tell(socket: HubSocket, session: string, facts: readonly { kind: Fact['kind']; body: object }[]): Promise<void> {
    const before = this.#chain;
    const items = facts.map(({ kind, body }) => {
      const item = { seq: this.#items.length + 1, nonce: randomUUID(), kind, body: JSON.stringify(body) };
      this.#items.push(item);
      this.#chain = chainAfter(this.#chain, item, hash);
      return item;
    });
    expect(await socket.call('facts', { session, storeGen: this.#storeGen, before, items })).toMatchObject({ kind: 'counted' });
  }

  leave(): void {
    for (const socket of this.#sockets) socket.close();
  }
}

let bench: LinkBench;
let other: OtherWorkbench;
beforeEach(async () => {
  bench = await openLinkBench();
  other = new OtherWorkbench(bench);
  await other.enrol();
});
afterEach(async () => {
  other.leave();
  await bench.close();
});
const sessionNow = async () => (await findHarness(bench.services.store, other.id))?.session;

it.each([
  ['older', { min: VERSIONS.min - 1, max: VERSIONS.min - 1 }, 'The hub needs a newer workbench. Update this one.'],
  ['newer', { min: VERSIONS.max + 1, max: VERSIONS.max + 2 }, 'The hub is older than this workbench. Ask for its update.'],
])('a workbench that is too much %s is told so, and the link that stands goes on', async (_kind, versions, message) => {
  const present = await other.greet(VERSIONS);
  expect(present.answer.kind).toBe('welcome');
  const before = await sessionNow();
  expect((await other.greet(versions)).answer).toEqual({ kind: 'refused', code: 'version', message, versions: VERSIONS });
  expect(await sessionNow()).toBe(before);
});

it('the highest version that both speak is taken', async () => {
  for (const versions of [
    { min: VERSIONS.min, max: VERSIONS.max + 3 },
    { min: VERSIONS.min - 1, max: VERSIONS.min },
  ])
    expect((await other.greet(versions)).answer).toMatchObject({ kind: 'welcome', version: Math.min(VERSIONS.max, versions.max) });
});

it('a workbench from before consoles and runs from afar is linked, and asked for neither', async () => {
  const { socket, answer } = await other.greet(VERSIONS);
  if (answer.kind !== 'welcome') throw new Error(answer.message);
  const suts = [{ id: randomUUID(), name: 'a' }];
  const held = { id: randomUUID(), person: 'carol', revision: 1, state: 'active', reason: null, suts, begin: 1, end: null, waiting: null };
  await other.tell(socket, answer.session, [
    { kind: 'open', body: { session: answer.session } },
    { kind: 'policy', body: { paused: false } },
    { kind: 'reservation', body: held },
  ]);
  await expect(findConsole(bench.services, { harnessId: other.id, sut: 'a', person: 'carol' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: 'The workbench of Old lab is older and shows no consoles. Ask its owner to update.',
  });
  const policy = (await findHarness(bench.services.store, other.id))?.policy ?? null;
  expect(() => demandKnown(policy, {})).toThrow('older and runs nothing for remote people');
});
