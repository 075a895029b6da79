import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OOBM_THREADS, OobmJobs } from '../../workers/oobm-jobs.ts';
import { WorkerPool } from '../../workers/pool.ts';
import type { Endpoint } from '../endpoints.ts';
import { DEMO_LAB, startSimulatedMachine, type SimulatedMachine } from './simulated-lab.ts';

let lab: SimulatedMachine[];
const pool = new WorkerPool({ threads: OOBM_THREADS });
const jobs = new OobmJobs(pool);

beforeAll(async () => {
  lab = await Promise.all(DEMO_LAB.map((machine) => startSimulatedMachine(machine)));
});
afterAll(async () => {
  await jobs.close();
  await pool.close();
  await Promise.all(lab.map((machine) => machine.stop()));
});

const at = (name: string) => {
  const machine = lab.find((each) => each.name === name);
  if (machine === undefined) throw new Error(`no ${name}`);
  const endpoints: Endpoint[] = [{ ...machine.endpoint, id: name }];
  return { sut: { id: name, name }, endpoints };
};

describe('the demo lab', () => {
  it('is eight machines that differ and are the same at every start', async () => {
    const identities = await Promise.all(
      DEMO_LAB.map(async ({ name }) => (await jobs.perform({ ...at(name), capability: 'identity', action: 'read', args: {} })).value),
    );
    expect(new Set(identities.map(({ uuid }) => uuid)).size).toBe(8);
    const again = await startSimulatedMachine({ name: 'demo-01', kind: 'steady' });
    try {
      const endpoints: Endpoint[] = [{ ...again.endpoint, id: 'again' }];
      const call = { sut: { id: 'again', name: 'again' }, endpoints, capability: 'identity', action: 'read', args: {} } as const;
      expect((await jobs.perform(call)).value).toEqual(identities[0]);
    } finally {
      await again.stop();
    }
  });

  it('has one that is hot, one whose log is full, one without power', async () => {
    const sensors = await jobs.perform({ ...at('demo-03'), capability: 'sensors', action: 'read', args: {} });
    expect(sensors.value.find(({ name }) => name === 'CPU1 Temp')).toMatchObject({ health: 'critical', value: 97, unit: '°C' });
    const log = await jobs.perform({ ...at('demo-05'), capability: 'sel', action: 'read', args: {} });
    expect(log.value).toMatchObject({ overflow: true, capacity: 96 });
    expect(log.value.entries).toHaveLength(96);
    expect(log.value.entries[0]).toMatchObject({ severity: 'warning', message: expect.stringContaining('Correctable') as string });
    const power = await jobs.perform({ ...at('demo-06'), capability: 'power', action: 'read', args: {} });
    expect(power).toMatchObject({ provider: 'simulated', value: { on: false } });
  });

  it('has consoles that boot, ask for a login and answer', async () => {
    const { stream } = await jobs.openConsole({ ...at('demo-06'), fence: null });
    let seen = '';
    stream.on('data', (chunk: Buffer) => (seen += chunk.toString('latin1')));
    const shown = (words: string) => expect.poll(() => seen, { timeout: 10_000 }).toContain(words);
    await jobs.perform({ ...at('demo-06'), capability: 'power', action: 'set', args: { action: 'on' }, fence: null });
    await shown('demo-06 login: ');
    stream.write('root\r');
    await shown('Password: ');
    stream.write('secret\r');
    await shown('# ');
    stream.write('uname\r');
    await shown('Linux demo-06 6.1.0-sim');
    expect(seen).not.toContain('secret');
    stream.write('panic\r');
    await shown('Kernel panic');
    stream.destroy();
  });
});
