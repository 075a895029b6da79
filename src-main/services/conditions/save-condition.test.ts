import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConditionInput } from '../../../src-shared/model/condition.ts';
import { PlanContent } from '../../../src-shared/model/plan.ts';
import { Changes } from '../../changes.ts';
import { findCondition, saveRunSecrets } from '../../store/conditions.ts';
import { openStore } from '../../store/open.ts';
import { deleteRun, insertRun } from '../../store/runs.ts';
import { findSecret } from '../../store/secrets.ts';
import type { Caller } from '../caller.ts';
import { writePlan, removePlan } from '../plans/save-plan.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import { refusalOf } from '../test-data/test-bench.ts';
import { bindCondition, readCondition } from './condition-services.ts';
import { exportCondition, importCondition } from './exchange-condition.ts';
import { removeCondition, writeConditionRow } from './save-condition.ts';

const ada: Caller = { user: 'ada', origin: 'desktop' };
function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'atn-conditions-'));
  const store = openStore({ file: join(folder, 'harness.db'), backups: folder, now: 1 });
  store.write
    .prepare("INSERT INTO test_data (id, name, name_key, suite_name, created_at, author) VALUES ('td', 'data', 'data', 'Data', 1, 'ada')")
    .run();
  const secrets = createSecretStore(store.read, [
    {
      id: 'test',
      protection: 'none',
      strong: false,
      seal: (text) => Promise.resolve(Buffer.from(text)),
      open: (sealed) => Promise.resolve(sealed.toString()),
    },
  ]);
  let now = 1000;
  const services = { store: store.write, changes: new Changes(), clock: { now: () => (now += 1) }, secrets, hasRevision: () => true };
  const save = (content: ConditionInput, id: string | null = null) => writeConditionRow(services, { id, content }, ada);
  const referenceOf = (id: string) => Object.values(bindCondition(services.store, id)?.secrets ?? {})[0] ?? '';
  return { services, save, referenceOf };
}
const secret = (name: string, value?: string) => ({ name, type: 'secret' as const, ...(value === undefined ? {} : { secret: value }) });

describe('conditions', () => {
  it('refuse what goes round, naming it, names that Robot takes for one, and names that are taken; nothing is written', async () => {
    const { services, save } = bench();
    const base = await save({ name: 'base', variables: [{ name: 'A', type: 'int', value: 1 }] });
    const child = await save({ name: 'child', parentId: base.id });
    const round = await refusalOf(save({ name: 'base', parentId: child.id }, base.id));
    expect(round).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('base → child → base') as unknown });
    expect(findCondition(services.store, base.id)?.parentId).toBeNull();
    const twice = [
      { name: 'Some Name', type: 'int' as const, value: 1 },
      { name: 'somename', type: 'str' as const, value: '' },
      { name: 'SUTs', type: 'none' as const },
    ];
    expect((await refusalOf(save({ name: 'other', variables: twice }))).details).toHaveLength(2);
    expect(await refusalOf(save({ name: 'BASE' }))).toMatchObject({ code: 'CONFLICT' });
    expect(readCondition(services, child.id).effective).toMatchObject([{ variable: { name: 'A' }, from: { name: 'base' } }]);
  });

  it('keep a secret until nobody refers to it: neither a condition nor a run', async () => {
    const { services, save, referenceOf } = bench();
    const lab = await save({ name: 'lab', variables: [secret('KEY', 'old')] });
    const old = referenceOf(lab.id);
    expect(JSON.stringify(lab)).not.toContain('"old"');
    expect(await services.secrets.reveal(old)).toBe('old');
    // Saved again as the page has it, or under another name: the value stays.
    await save({ name: 'lab', variables: lab.variables }, lab.id);
    await save({ name: 'lab', variables: [{ name: 'TOKEN', type: 'secret', value: old }] }, lab.id);
    expect(referenceOf(lab.id)).toBe(old);
    const other = await save({ name: 'thief', variables: [{ name: 'KEY', type: 'secret', value: old }] });
    expect(referenceOf(other.id), 'a reference of another condition is worth nothing').toBe('');

    const run = insertRun(services.store, runOf('r1'));
    saveRunSecrets(services.store, run, { TOKEN: old });
    await save({ name: 'lab', variables: [secret('TOKEN', 'new')] }, lab.id);
    const fresh = referenceOf(lab.id);
    expect([fresh === old, await services.secrets.reveal(old), await services.secrets.reveal(fresh)]).toEqual([false, 'old', 'new']);
    deleteRun(services.store, run);
    expect(findSecret(services.store, old)).toBeUndefined();
    removeCondition(services, lab.id);
    expect(findSecret(services.store, fresh)).toBeUndefined();
  });

  it('stay while something is built on them', async () => {
    const { services, save } = bench();
    const base = await save({ name: 'base' });
    const child = await save({ name: 'child', parentId: base.id });
    const content = PlanContent.parse({ name: 'plan', testDataId: 'td', conditionId: child.id });
    // Its test data have no revision here, so the plan is there but cannot be started: enough to refer to something.
    services.store.prepare('INSERT INTO revision (hash, file_count, size) VALUES (?, 0, 0)').run('a'.repeat(64));
    services.store
      .prepare(
        "INSERT INTO test_data_revision (test_data_id, number, hash, created_at, author, source) VALUES ('td', 1, ?, 1, 'ada', '{}')",
      )
      .run('a'.repeat(64));
    const plan = writePlan(services, { id: null, content }, ada);
    expect(writePlan(services, { id: plan.id, content }, ada).version).toEqual(plan.version);
    expect(() => writePlan(services, { id: plan.id, content: { ...content, doc: 'x' }, expected: 'b'.repeat(64) }, ada)).toThrow(
      /changed by ada meanwhile/u,
    );
    expect(() => removeCondition(services, base.id)).toThrow(/the condition child/u);
    expect(() => removeCondition(services, child.id)).toThrow(/the plan plan/u);
    removePlan(services, plan.id);
    removeCondition(services, child.id);
    removeCondition(services, base.id);
  });

  it('go through files: secrets by name, the parent by name, and what is stored stays', async () => {
    const { services, save, referenceOf } = bench();
    await save({ name: 'base', variables: [{ name: 'A', type: 'float', value: 2 }] });
    const parentId = (await importCondition(services, { yaml: 'A: 1\n', name: 'base' }, ada)).condition.id;
    const lab = await save({ name: 'lab', parentId, doc: 'of the lab', variables: [secret('KEY', 'kept')] });
    const { yaml, fileName } = exportCondition(services, lab.id);
    expect(fileName).toBe('lab.yaml');
    expect(yaml).not.toContain('kept');
    const { condition, notes } = await importCondition(services, { yaml }, ada);
    expect([condition.id, condition.doc, notes]).toEqual([lab.id, 'of the lab', []]);
    expect(await services.secrets.reveal(referenceOf(lab.id))).toBe('kept');
    expect((await importCondition(services, { yaml: yaml.replace('name: lab', 'name: copy') }, ada)).notes).toEqual([
      expect.stringContaining('KEY') as unknown,
    ]);
    expect(await refusalOf(importCondition(services, { yaml: yaml.replace('inherits: base', 'inherits: gone') }, ada))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await refusalOf(importCondition(services, { yaml: 'A: 1\n' }, ada))).toMatchObject({ code: 'BAD_REQUEST' });
  });
});

function runOf(id: string): Parameters<typeof insertRun>[1] {
  return {
    ...{
      id,
      name: id,
      requestKey: null,
      testDataId: null,
      revision: 'c'.repeat(64),
      suts: [],
      sutNames: [],
      sutsSha256: null,
      condition: null,
    },
    ...{ startedBy: 'ada', rerunOf: null, total: 0, createdAt: 1, expectedMs: null },
    request: {
      selection: { include: [], exclude: [], suites: [], tests: [] },
      options: { variables: [], timeLimitMs: null, silenceLimitMs: null, robotOptions: [], priority: 0 },
      failedOnly: false,
    },
  };
}
