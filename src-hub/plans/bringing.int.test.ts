import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildAtn } from '../../e2e/lab/harness-process.ts';
import { startPostgres, type Postgres } from '../../e2e/lab/postgresql.ts';
import type { HubHarness } from '../../src-shared/model/hub-directory.ts';
import type { HubCondition, HubPlan } from '../../src-shared/model/hub-plans.ts';
import type { HubRun } from '../../src-shared/model/hub-runs.ts';
import { makeWheel } from '../../src-main/services/environments/test-wheels.ts';
import { soon } from '../links/link-bench.ts';
import { LONG, Site } from '../runs/run-bench.ts';

beforeAll(() => buildAtn(), 300_000);

let site: Site;
afterEach(() => site.close());

const SUITE = `*** Settings ***
Library    AtnFans
*** Test Cases ***
Speed
    \${said}=    Turn Fan    \${SPEED}
    Should Be Equal    \${said}    turning at \${SPEED}
`;
const PLAIN = '*** Test Cases ***\nSpeed\n    Should Be Equal    \${SPEED}    fast\n';
const MODULE = 'def turn_fan(speed):\n    return f"turning at {speed}"\n';

const DRIVEN = `*** Settings ***
Library    DataDriver    file=rows.csv
Test Template    Rows
*** Test Cases ***
Row \${a}
    x
*** Keywords ***
Rows
    [Arguments]    \${a}
    Should Be Equal    \${a}    x
`;

/** As little as an ISO 9660 image can be: the mark of its first volume descriptor. */
function isoOf(bytes: number): Buffer {
  const image = Buffer.alloc(bytes);
  image.write('\u0001CD001\u0001', 32_768, 'latin1');
  return image;
}

const opened = async (environment: Record<string, string> = {}) => {
  site = new Site(environment);
  await site.open();
  await site.lab.atn('hub', 'allow-runs');
};
const bringOf = async () => (await site.ask<HubHarness[]>('GET', '/harnesses'))[0]?.policy?.bring;
const refusalOf = async (id: string) => {
  const { refusal } = await site.reaches(id, { told: 'refused' });
  return [refusal?.message, ...(refusal?.details ?? [])].join(' ');
};

describe('what is brought with a run from afar', () => {
  it('is refused with every reason until the owner of the lab lets it in, and travels once', { timeout: 400_000 }, async () => {
    await opened();
    const wheel = await makeWheel({ name: 'atn-fans', version: '1.0', files: { 'AtnFans.py': MODULE } });
    const suites = await site.upload({ 'fans.robot': SUITE });
    await expect(site.bring(Buffer.from('no wheel'), { kind: 'library', name: 'Bad', filename: 'x.txt' })).rejects.toThrow('400');
    await expect(site.bring(Buffer.from('no wheel'), { kind: 'library', name: 'Bad', filename: wheel.fileName })).rejects.toThrow('400');
    await expect(site.bring(Buffer.alloc(50_000), { kind: 'image', name: 'Bad', filename: 'x.iso' })).rejects.toThrow('400');
    const library = await site.bring(wheel.bytes, { kind: 'library', name: 'Fans', filename: wheel.fileName });
    const image = await site.bring(isoOf(60_000), { kind: 'image', name: 'Small', filename: 'small.iso' });

    const variables = { condition: { name: 'Fast', yaml: 'SPEED: fast\n' } };
    const all = { ...variables, bringing: { libraryIds: [library], requirements: ['robotframework-datadriver'], image: { id: image } } };
    const refused = await refusalOf(await site.begin(suites, [], all));
    for (const word of ['libraries by name', 'libraries as files', 'no images']) expect(refused).toContain(word);
    expect(await site.lab.atn('libraries')).toEqual([]);

    await site.lab.atn('hub', 'bring', 'files', 'images=1000');
    await soon(async () => expect(await bringOf()).toEqual({ index: false, packages: [], files: true, imageBytes: 1000 }));
    const large = { ...variables, bringing: { libraryIds: [library], image: { id: image } } };
    expect(await refusalOf(await site.begin(suites, [], large))).toContain('The lab takes images up to');
    const only = { ...variables, bringing: { libraryIds: [library] } };
    for (let times = 0; times < 2; times += 1)
      expect(await site.published(await site.begin(suites, [], only))).toMatchObject({ verdict: 'passed', counts: { passed: 1 } });
    expect(await site.lab.atn<object[]>('libraries')).toMatchObject([{ name: 'atn-fans', versions: [{ sha256: wheel.sha256 }] }]);

    await site.lab.atn('hub', 'bring', 'files', 'images=100000');
    // The machine of this lab has no drive for it: the lab has looked at the image, which is there from now on.
    expect(await refusalOf(await site.begin(suites, [], large))).not.toContain('The lab takes');
    const { images } = await site.lab.atn<{ images: object[] }>('images');
    expect(images).toMatchObject([{ size: 60_000, category: 'From the hub' }]);
  });

  it('is a library by name, which the lab fetches from its index once its owner lets it', { timeout: 300_000 }, async () => {
    await opened();
    const requirement = 'robotframework-datadriver==1.11.2';
    const suites = await site.upload({ 'driven.robot': DRIVEN, 'rows.csv': '*** Test Cases ***;${a}\none;x\ntwo;x\n' });
    const named = { bringing: { requirements: [requirement] } };
    expect(await refusalOf(await site.begin(suites, [], named))).toContain('libraries by name');
    await site.lab.atn('hub', 'bring', 'index=robotframework-sshlibrary');
    await soon(async () => expect(await bringOf()).toMatchObject({ index: true, packages: ['robotframework-sshlibrary'] }));
    expect(await refusalOf(await site.begin(suites, [], named))).toContain(`does not take ${requirement}, only robotframework-sshlibrary`);
    await site.lab.atn('hub', 'bring', 'index=robotframework-sshlibrary,RobotFramework_DataDriver');
    await soon(async () =>
      expect(await bringOf()).toMatchObject({ packages: [expect.any(String), 'RobotFramework_DataDriver'], files: false }),
    );
    // Two tests of one table: without the library it would be one.
    expect(await site.published(await site.begin(suites, [], named))).toMatchObject({
      verdict: 'passed',
      counts: { passed: 2, failed: 0 },
    });
    expect(await site.lab.atn<object[]>('libraries')).toMatchObject([{ name: 'robotframework-datadriver' }]);
  });
});

describe.each(['SQLite', 'PostgreSQL'])('a plan on a hub on %s', (kind) => {
  let postgres: Postgres | null = null;
  beforeAll(async () => {
    if (kind === 'PostgreSQL') postgres = await startPostgres();
  }, 120_000);
  afterAll(() => postgres?.stop());

  it('starts a run of each condition with one call, once, and keeps what it needs', { timeout: 400_000 }, async () => {
    await opened(postgres === null ? {} : { DATABASE_URL: postgres.url });
    const suites = await site.upload({ 'fans.robot': PLAIN });
    const [fast, slow, plan] = [randomUUID(), randomUUID(), randomUUID()];
    expect((await site.tester.call('PUT', `/conditions/${fast}`, { name: 'Bad', yaml: '- no names' })).body.code).toBe('BAD_REQUEST');
    await site.ask('PUT', `/conditions/${fast}`, { name: 'Fast', yaml: 'SPEED: fast' });
    const saved = await site.ask<HubCondition[]>('PUT', `/conditions/${slow}`, { name: 'Slow', yaml: 'SPEED: slow' });
    expect(saved.map(({ name, person }) => `${name} ${person}`)).toEqual(['Fast ada', 'Slow ada']);
    const body = { testDataId: suites, conditionIds: [fast, slow] };
    expect((await site.tester.call('PUT', `/plans/${plan}`, { name: 'Fans', body: { ...body, libraryIds: [suites] } })).status).toBe(404);
    const [known] = await site.ask<HubPlan[]>('PUT', `/plans/${plan}`, { name: 'Fans', body });
    expect(known).toMatchObject({ id: plan, person: 'ada', body: { ...body, need: { count: 1, tags: [] } } });

    const other = await site.newcomer('tester', 'bob');
    expect((await other.call('PUT', `/plans/${plan}`, { name: 'Mine', body })).body.code).toBe('FORBIDDEN');
    expect((await other.call('DELETE', `/conditions/${fast}`)).status).toBe(409);
    expect((await other.call('POST', `/plans/${plan}/runs`, { key: randomUUID(), reservationId: site.reservationId })).status).toBe(409);

    const wish = { key: randomUUID(), reservationId: site.reservationId };
    const started = await site.ask<HubRun[]>('POST', `/plans/${plan}/runs`, wish);
    expect(await site.ask<HubRun[]>('POST', `/plans/${plan}/runs`, wish)).toHaveLength(2);
    await site.ask('PUT', `/conditions/${fast}`, { name: 'Fast', yaml: 'SPEED: edited later' });
    const ended = await Promise.all(started.map(({ id }) => site.published(id)));
    expect(ended.map(({ condition, verdict }) => `${condition ?? ''} ${verdict ?? ''}`).sort()).toEqual(['Fast passed', 'Slow failed']);
    await soon(async () => expect(await site.ask<HubRun[]>('GET', '/runs')).toHaveLength(2), LONG);

    await site.ask('PUT', `/plans/${plan}`, { name: 'Fans', body: { ...body, need: { count: 2 } } });
    const few = await site.tester.call('POST', `/plans/${plan}/runs`, { ...wish, key: randomUUID() });
    expect([few.status, few.text]).toEqual([409, expect.stringContaining('needs 2 machines')]);
    await site.ask('PUT', `/plans/${plan}`, { name: 'Fans', body: { ...body, need: { tags: ['x86'] } } });
    const other86 = await site.tester.call('POST', `/plans/${plan}/runs`, { ...wish, key: randomUUID() });
    expect([other86.status, other86.text]).toEqual([409, expect.stringContaining('0 of this reservation are as it needs them')]);
    await site.ask('DELETE', `/plans/${plan}`);
    expect(await site.ask<HubCondition[]>('DELETE', `/conditions/${slow}`)).toHaveLength(1);
  });
});
