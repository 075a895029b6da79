import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import configuration from '../../.dependency-cruiser.mjs';
import { buildHouse, type House } from './house.ts';

const x = (path: string) => `import '${path}';\n`;

/** For each rule of the configuration one file that breaks it. */
const offences: Record<string, [string, string]> = {
  'no-circular': ['src-main/services/ring/a.ts', x('./b.ts')],
  'shared-is-pure': ['src-shared/impure.ts', x('node:fs')],
  'renderer-sees-shared-only': ['src-renderer/shell/far.ts', x('../../src-main/store/s.ts')],
  'features-are-islands': ['src-renderer/features/one/index.ts', x('../two/index.ts')],
  'kit-is-dumb': ['src-renderer/kit/clever.ts', x('../state/s.ts')],
  'leaves-are-apart': ['src-main/store/joined.ts', x('../robot/r.ts')],
  'leaves-know-no-service': ['src-main/robot/knows.ts', x('../services/s.ts')],
  'services-know-no-face': ['src-main/services/face.ts', x('../headless/h.ts')],
  'api-has-no-logic': ['src-main/api/deep.ts', x('../store/s.ts')],
  'faces-go-through-compose': ['src-main/headless/shortcut.ts', x('../store/s.ts')],
  'faces-are-apart': ['src-main/desktop/both.ts', x('../headless/h.ts')],
  'electron-stays-in-desktop': ['src-main/services/window.ts', x('electron')],
  'jobs-leave-the-store-alone': ['src-main/workers/greedy.job.ts', x('../store/s.ts')],
  'hub-sees-no-main': ['src-hub/api/a.ts', x('../../src-main/store/s.ts')],
  'main-sees-no-hub': ['src-main/services/hub.ts', x('../../src-hub/api/b.ts')],
  'packages-stand-alone': ['packages/one/src/a.ts', x('../../../src-shared/s.ts')],
  'packages-know-no-other-folder': ['packages/one/src/b.ts', x('../../two/src/a.ts')],
  'tests-are-not-used': ['src-main/services/uses.ts', x('./s.test.ts')],
  'not-in-lock-file': ['src-main/services/lucky.ts', x('lodash')],
  'no-unresolvable': ['src-main/services/absent.ts', x('./nowhere.ts')],
};
const innocent = [
  'src-main/store/s.ts',
  'src-main/robot/r.ts',
  'src-main/services/s.ts',
  'src-main/services/s.test.ts',
  'src-main/headless/h.ts',
  'src-renderer/features/two/index.ts',
  'src-renderer/state/s.ts',
  'src-hub/api/b.ts',
  'packages/two/src/a.ts',
  'src-shared/s.ts',
];

let house: House;
let found: Array<{ rule: { name: string }; from: string }>;

beforeAll(async () => {
  house = buildHouse({
    ...Object.fromEntries(innocent.map((file) => [file, 'export {};\n'])),
    ...Object.fromEntries(Object.values(offences)),
    'src-main/services/ring/b.ts': x('./a.ts'),
  });
  const folders = ['src-shared', 'src-main', 'src-renderer', 'src-hub', 'packages'];
  const output = await house.findings(
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    '--no-cache',
    '--output-type',
    'json',
    ...folders,
  );
  found = (JSON.parse(output) as { summary: { violations: typeof found } }).summary.violations;
});
afterAll(() => house.remove());

describe('who imports whom', () => {
  it.each(configuration.forbidden.map(({ name }) => name))('%s is caught', (name) => {
    const file = offences[name]?.[0];
    expect(found.filter((each) => each.rule.name === name).map(({ from }) => from)).toContain(file);
  });
  it('and the gate fails', async () => {
    expect(await house.complaint('node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--no-cache', 'src-shared')).toContain(
      'shared-is-pure',
    );
  });
  it('every rule says why', () => {
    for (const { comment } of configuration.forbidden) expect(comment.length).toBeGreaterThan(30);
  });
  it('innocent files are left in peace', () => {
    expect(found.filter(({ from }) => innocent.includes(from))).toEqual([]);
  });
});
