import { createRouterClient } from '@orpc/server';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestSuite } from '../src-shared/model/test-data.ts';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';
import { createEnvironments } from './services/environments/default-environment.ts';

// Suites that nobody here wrote: what plain Robot Framework says of them is what the harness must say.

const resources = join(import.meta.dirname, '../resources');
const scripts = join(resources, 'robot');
const place = mkdtempSync(join(tmpdir(), 'atn-foreign-'));
const started: Harness[] = [];

beforeAll(async () => {
  const found = createEnvironments({ scripts, clock: { now: () => Date.now() }, pythonPath: () => null, onFound: () => undefined });
  await found.ensureDefault();
});

afterAll(async () => {
  for (const harness of started) await harness.close();
  rmSync(place, { recursive: true, force: true, maxRetries: 10 });
});

/** The unpacked source distribution of a package. */
function sources(requirement: string): string {
  const folder = mkdtempSync(join(place, 'source-'));
  const how = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-binary', ':all:', '--dest', folder, requirement];
  execFileSync('python3', how, { stdio: 'ignore' });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tar.gz')) ?? '';
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder]);
  return join(folder, archive.replace('.tar.gz', ''));
}

async function harness() {
  const made = await composeHarness({ home: mkdtempSync(join(place, 'home-')), face: 'headless', appVersion: '0', resources });
  started.push(made);
  return createRouterClient(made.router, { context: { caller: { user: 'ada', origin: 'cli' } } });
}

type Client = Awaited<ReturnType<typeof harness>>;

async function importFolder(client: Client, path: string) {
  for await (const event of await client.testData.importPath({ path })) if (event.type === 'done') return event.testData;
  throw new Error('The import ended without test data.');
}

/** Every .robot file that Robot's own parser reports something about, asked of Robot itself. */
const ORACLE = `
import ast, json, pathlib, sys
from robot.api import TestSuite, get_init_model, get_model
from robot.errors import DataError
from robot.output import LOGGER
LOGGER.unregister_console_logger()
root = pathlib.Path(sys.argv[1])
bad = set()
for path in sorted(root.rglob("*.robot")):
    init = path.name == "__init__.robot"
    try:
        model = (get_init_model if init else get_model)(str(path))
        header = lambda node: any(t.type == "INVALID HEADER" and t.error for t in getattr(node, "tokens", ()))
        if any(getattr(node, "errors", None) or header(node) for node in ast.walk(model)):
            bad.add(path.relative_to(root).as_posix())
        if not init:
            TestSuite.from_file_system(str(path), allow_empty_suite=True)
    except DataError:
        bad.add(path.relative_to(root).as_posix())
print(json.dumps(sorted(bad)))
`;

function robotPython(...requirements: string[]): string {
  const wanted = ['robotframework==7.5', ...requirements].flatMap((name) => ['--requirement', name]);
  const said = execFileSync('python3', [join(scripts, 'environment.py'), 'ensure', '--root', join(place, 'environments'), ...wanted]);
  const last = said.toString().trim().split('\n').at(-1) ?? '{}';
  return (JSON.parse(last) as { python: string }).python;
}

function findSuite(suite: TestSuite, path: string): TestSuite | undefined {
  if (suite.path === path) return suite;
  return suite.suites.map((child) => findSuite(child, path)).find((found) => found !== undefined);
}

describe('suites from elsewhere', () => {
  it('lists as broken exactly the 1,233 files of robocop that Robot’s parser calls broken', async () => {
    const folder = sources('robotframework-robocop==9.1.2');
    const client = await harness();
    const { newest } = await importFolder(client, folder);
    const { errors } = await client.testData.discover({ revision: newest.hash });
    const files = (await client.testData.files({ revision: newest.hash })).filter(({ path }) => path.endsWith('.robot'));
    const broken = [...new Set(errors.map(({ path }) => path))].filter((path) => path.endsWith('.robot')).sort();
    const oracle = JSON.parse(execFileSync(robotPython(), ['-c', ORACLE, folder], { maxBuffer: 1e8 }).toString()) as string[];
    expect(files).toHaveLength(1233);
    expect(oracle.length).toBeGreaterThan(100);
    expect(broken).toEqual(oracle);
  }, 300_000);

  it('counts what plain Robot counts in the acceptance suites of DataDriver', async () => {
    const folder = sources('robotframework-datadriver==1.11.2');
    const python = robotPython('robotframework-datadriver==1.11.2', 'openpyxl', 'pandas');
    const output = join(folder, '..', 'plain');
    try {
      execFileSync(python, ['-m', 'robot', '--outputdir', output, '-P', 'src', 'atest/TestCases'], { cwd: folder, stdio: 'ignore' });
    } catch {
      // Its exit code is the number of tests that failed; the figures are in output.xml.
    }
    const total = /<total>\s*<stat pass="(\d+)" fail="(\d+)" skip="(\d+)"/u.exec(readFileSync(join(output, 'output.xml'), 'utf8'));
    const [passed, failed, skipped] = (total ?? []).slice(1).map(Number);
    const client = await harness();
    await client.system.updateSettings({ pythonPath: python });
    const { id: testDataId, newest } = await importFolder(client, folder);
    const suite = findSuite((await client.testData.discover({ revision: newest.hash })).root, 'atest/TestCases');
    const { id } = await client.runs.start({
      testDataId,
      selection: { include: [], exclude: [], tests: [], suites: [suite?.longName ?? ''] },
      options: { variables: [], timeLimitMs: null, silenceLimitMs: null, priority: 0, robotOptions: ['-P', 'src'] },
    });
    for await (const run of await client.runs.follow({ id })) if (run.state === 'ended') break;
    const run = await client.runs.get({ id });
    expect(passed).toBeGreaterThan(10_000);
    expect(run.counts).toEqual({ passed, failed, skipped, notRun: 0 });
  }, 600_000);
});
