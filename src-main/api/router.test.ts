import { createRouterClient, implement, isDefinedError, ORPCError } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { harnessContract, type HarnessContract } from '../../src-shared/contract/index.ts';
import { WorkbenchError } from '../errors.ts';
import type { ApiContext } from '../harness.ts';
import type { Part, Parts } from './part.ts';
import { pendingPart } from './pending.ts';
import { createRouter } from './router.ts';

const logged: unknown[] = [];
const log = { info: () => undefined, warn: () => undefined, error: (...line: unknown[]) => void logged.push(line) };

/** A client of the whole router, with `suts` replaced where a test says how it behaves. */
function clientWith(overrides: Partial<Record<'list' | 'watch' | 'get', () => unknown>>) {
  const os = implement(harnessContract.suts).$context<ApiContext>();
  const suts = {
    ...pendingPart('suts'),
    list: os.list.handler((overrides.list ?? (() => [])) as () => []),
    get: os.get.handler((overrides.get ?? (() => undefined)) as () => never),
    watch: os.watch.handler((overrides.watch ?? (() => undefined)) as () => never),
  } as Part<'suts'>;
  const names = Object.keys(harnessContract) as (keyof HarnessContract)[];
  const others = Object.fromEntries(names.map((name) => [name, pendingPart(name)])) as unknown as Parts;
  return createRouterClient(createRouter({ ...others, suts }, log), {
    context: { caller: { user: 'ada', origin: 'rest' } },
  });
}
const refusal = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ORPCError)) throw new Error(`not refused as an ORPCError: ${String(error)}`);
  expect(isDefinedError(error)).toBe(true);
  return error as ORPCError<string, { correlationId: string; details: string[]; reasons: unknown[] }>;
};

describe('what leaves the router', () => {
  it('is a service error in the form of the contract', async () => {
    const thrown = new WorkbenchError('SUT_BUSY', 'rack-1 is in use.', {
      details: ['run 7'],
      reasons: [{ code: 'SUT_BUSY', message: 'm', subject: 'rack-1' }],
    });
    const error = await refusal(clientWith({ list: () => Promise.reject(thrown) }).suts.list());
    expect(error).toMatchObject({ code: 'SUT_BUSY', status: 409, message: 'rack-1 is in use.', data: thrown.data });
  });
  it('says nothing of the inside when the error is unknown, and logs it under the same id', async () => {
    logged.length = 0;
    const error = await refusal(clientWith({ list: () => Promise.reject(new Error('password=hunter2')) }).suts.list());
    expect(error).toMatchObject({ code: 'INTERNAL', status: 500 });
    expect(JSON.stringify(error)).not.toContain('hunter2');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject([
      expect.any(String),
      expect.any(Error),
      { procedure: 'suts.list', correlationId: error.data.correlationId },
    ]);
  });
  it('is BAD_REQUEST with the places when the input does not fit', async () => {
    const error = await refusal(clientWith({}).suts.create({ name: '' }));
    expect(error).toMatchObject({ code: 'BAD_REQUEST', status: 400 });
    expect(error.data.details[0]).toMatch(/^name: A name is needed/u);
  });
  it('is INTERNAL when an answer does not fit the contract', async () => {
    expect(await refusal(clientWith({ list: () => [{ id: 1 }] }).suts.list())).toMatchObject({ code: 'INTERNAL' });
  });
  it('translates what breaks a feed after it has begun', async () => {
    const watch = async function* () {
      yield { type: 'snapshot', seq: 0, suts: [] };
      await Promise.resolve();
      throw new WorkbenchError('DISK_FULL');
    };
    const feed = await clientWith({ watch }).suts.watch();
    expect((await feed.next()).value).toMatchObject({ type: 'snapshot' });
    expect(await refusal(feed.next())).toMatchObject({ code: 'DISK_FULL', status: 507 });
  });
});
