import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEnvironments, type Environments } from '../environments/default-environment.ts';
import { allSuites } from './discovery-summary.ts';
import { discoverRevision } from './discover-revision.ts';
import { bench, folderWith, SUITE } from './test-bench.ts';

const scripts = join(import.meta.dirname, '../../../resources/robot');
let environments: Environments;

beforeAll(async () => {
  environments = createEnvironments({ scripts, clock: { now: () => Date.now() }, pythonPath: () => null, onFound: () => undefined });
  await environments.ensureDefault();
});

describe('discovery', () => {
  it('finds suites, cases, tags and errors with lines, and remembers them', async () => {
    const here = bench(environments);
    const folder = folderWith({
      '__init__.robot': '*** Settings ***\nTest Tags    Everywhere\n',
      'good.robot':
        '*** Test Cases ***\nÜne "one"\n    [Tags]    Smoke    big tag\n    [Documentation]    Says it.\n    Log    1\nTwo\n    [Tags]    BIG_TAG\n    Log    2\n',
      'sub/half.robot': '*** Test Cases ***\nWorks\n    Log    1\n*** Setings ***\n',
      'broken.robot': Buffer.from([0xff, 0xfe, 0x00]),
      'other.txt': 'x',
    });
    const { testData } = await here.import(folder, { name: 'Demo' });
    expect(testData.newest).toMatchObject({ counts: { suites: 2, cases: 3, errors: 2 } });
    const found = await discoverRevision(here.services, { revision: testData.newest.hash });
    expect(found).toMatchObject({ cached: true, robotVersion: '7.5', root: { name: 'Data', longName: 'Data' } });
    const good = [...allSuites(found.root)].find(({ path }) => path === 'good.robot');
    expect(good).toMatchObject({
      longName: 'Data.Good',
      tests: [
        { name: 'Üne "one"', doc: 'Says it.', line: 2 },
        { name: 'Two', line: 6 },
      ],
    });
    expect(found.tags.map(({ tag, count }) => [tag, count])).toEqual([
      ['big tag', 2],
      ['Everywhere', 3],
      ['Smoke', 1],
    ]);
    expect(found.errors.map(({ path, line, fatal }) => [path, line, fatal])).toEqual(
      expect.arrayContaining([
        ['broken.robot', null, true],
        ['sub/half.robot', 4, false],
      ]),
    );
    expect(JSON.stringify(found.errors)).not.toContain(here.home);
    expect(readdirSync(here.services.scratch)).toEqual([]);
  });
  it('looks again when what it kept is lost', async () => {
    const here = bench(environments);
    const { testData } = await here.import(folderWith({ 'a.robot': SUITE }));
    here.services.store.exec("UPDATE discovery SET content = '" + '0'.repeat(64) + "'");
    expect((await discoverRevision(here.services, { revision: testData.newest.hash })).cached).toBe(false);
    expect((await discoverRevision(here.services, { revision: testData.newest.hash })).cached).toBe(true);
  });
  it('keeps what it found in the newest revisions only, and finds it again in an older one', async () => {
    const here = bench(environments);
    const hashes: string[] = [];
    for (let edit = 0; edit < 17; edit += 1) {
      const { testData } = await here.import(folderWith({ 'a.robot': `${SUITE}# ${edit}\n` }), { name: 'Edited' });
      hashes.push(testData.newest.hash);
    }
    expect(here.services.store.prepare('SELECT count(*) FROM discovery').pluck().get()).toBe(10);
    expect(await here.contentFiles()).toBe(17 + 17 + 10);
    const [oldest = ''] = hashes;
    expect(await discoverRevision(here.services, { revision: oldest })).toMatchObject({ cached: false, root: { suites: [{ name: 'A' }] } });
    expect((await discoverRevision(here.services, { revision: oldest })).cached).toBe(true);
    here.close();
  });
  it('is cancelled at once and leaves nothing behind', async () => {
    const here = bench(environments);
    const files = Object.fromEntries(Array.from({ length: 400 }, (_, place) => [`s${place}.robot`, SUITE.repeat(20)]));
    const { testData } = await here.import(folderWith(files));
    here.services.store.exec('DELETE FROM discovery');
    const abort = new AbortController();
    const looking = discoverRevision(here.services, { revision: testData.newest.hash, signal: abort.signal });
    setTimeout(() => abort.abort(), 100);
    await expect(looking).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(readdirSync(here.services.scratch)).toEqual([]);
  });
  it('takes 1,233 files, many broken on purpose, and the process stays responsive meanwhile', async () => {
    const place = mkdtempSync(join(tmpdir(), 'atn-robocop-'));
    execFileSync(
      'python3',
      ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-binary', ':all:', '--dest', place, 'robotframework-robocop==9.1.2'],
      { stdio: 'ignore' },
    );
    const archive = readdirSync(place).find((name) => name.endsWith('.tar.gz'));
    execFileSync('tar', ['-xzf', join(place, archive ?? ''), '-C', place]);
    const folder = join(place, (archive ?? '').replace('.tar.gz', ''));
    const here = bench(environments);
    const begin = performance.now();
    const stop = watchDelay();
    const { testData } = await here.import(folder, { name: 'Robocop' });
    const took = performance.now() - begin;
    const longest = stop();
    const again = await discoverRevision(here.services, { revision: testData.newest.hash });
    console.info(
      `robocop: ${testData.newest.fileCount} files imported and discovered in ${Math.round(took)} ms, event loop held ${Math.round(longest)} ms at most, again ${again.tookMs} ms`,
      testData.newest,
    );
    const robotFiles = Number(execFileSync('sh', ['-c', 'find . -name "*.robot" | wc -l'], { cwd: folder }).toString());
    expect(robotFiles).toBe(1233);
    expect(testData.newest.counts?.errors).toBeGreaterThan(100);
    expect(again.cached).toBe(true);
    expect(longest).toBeLessThan(200);
  }, 180_000);
});

/** Answers the longest time in ms that the event loop was held, when asked to stop. */
function watchDelay(): () => number {
  let [longest, last] = [0, performance.now()];
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 5);
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    return longest;
  };
}
