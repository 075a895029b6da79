// `npm test`: brings in what is missing, then checks, unit tests, integration tests and end-to-end tests. The last line counts them all.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/places.mjs';
import { run, say } from './lib/run.mjs';

/** @typedef {import('./lib/stages.mjs').Counts} Counts */
/** @typedef {import('./lib/troubles-reporter.mjs').Troubles} Troubles */

const results = join(root, 'test-results');
const total = { passed: 0, failed: 0 };
/** @type {Troubles} */
const troubles = { failed: [], flaky: [] };

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
// What tests put aside goes with them, also what a killed process left. The name is short: paths of sockets may not be long.
const scratch = mkdtempSync(join(tmpdir(), 'atn-'));
chmodSync(scratch, 0o711); // PostgreSQL runs as a user of its own
process.env['TMPDIR'] = scratch;
process.once('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));

if (await stage('what is missing', prepare)) {
  await stage('check', async () => (await import('./check.mjs')).check());
  await stage('unit tests', () => vitest('unit', 'gates'));
  await stage('integration tests', () => vitest('integration', 'peers'));
  await stage('python tests', pytest);
  if (await stage('packaged app', packageForTests)) await stage('end-to-end tests', endToEnd);
}
// What passed only at its second try is a race that somebody has to find; it must be seen, but stops nobody's work.
for (const test of troubles.flaky) say(`FLAKY   ${test}`);
for (const test of troubles.failed) say(`FAILED  ${test}`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 ? 1 : 0;

/**
 * Runs one stage, tells its time and adds its counts; a stage that could not even start counts as one failure.
 * @param {string} name @param {() => Promise<Counts>} body
 */
async function stage(name, body) {
  say(`\n── ${name}`);
  const started = performance.now();
  const counts = await body().catch((error) => {
    say(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1 };
  });
  total.passed += counts.passed;
  total.failed += counts.failed;
  say(`── ${name}: ${counts.passed} passed, ${counts.failed} failed, ${Math.round((performance.now() - started) / 1000)} s`);
  return counts.failed === 0;
}

async function prepare() {
  await (await import('./bootstrap/ensure.mjs')).ensure('test');
  return { passed: 0, failed: 0 };
}

async function packageForTests() {
  await (await import('./package.mjs')).packageApp({ forTests: true });
  return { passed: 1, failed: 0 };
}

/** @param {string[]} projects */
async function vitest(...projects) {
  const file = join(results, `${projects[0]}.json`);
  const told = join(results, `${projects[0]}-troubles.json`);
  const own = `--reporter=${join(root, 'scripts/lib/troubles-reporter.mjs')}`;
  const reporters = ['--reporter=default', own, '--reporter=json', `--outputFile.json=${file}`];
  const names = projects.flatMap((project) => ['--project', project]);
  const how = { ...shown(), env: { ...process.env, ATN_TROUBLES: told } };
  const { code } = await run([process.execPath, join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...names, ...reporters], how);
  if (existsSync(told)) remember(JSON.parse(readFileSync(told, 'utf8')));
  if (!existsSync(file)) throw new Error('The test runner ended without a result.');
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8'));
  return counted(code, numPassedTests, numFailedTests);
}

/** Like the other stages, CI gives what failed one more try and tells of it. */
async function pytest() {
  const { failed, passed } = await pytestOnce('python.xml');
  if (failed.length === 0 || !process.env['CI']) {
    remember({ failed, flaky: [] });
    return { passed, failed: failed.length };
  }
  const again = await pytestOnce('python-again.xml', '--last-failed');
  remember({ failed: again.failed, flaky: failed.filter((test) => !again.failed.includes(test)) });
  return { passed: passed + failed.length - again.failed.length, failed: again.failed.length };
}

/** @param {string} name of the file with the results @param {string[]} parameters */
async function pytestOnce(name, ...parameters) {
  const { toolsPython } = await import('./bootstrap/python.mjs');
  const file = join(results, name);
  const how = { ...shown(), cwd: join(root, 'resources', 'robot') };
  const { code } = await run([toolsPython, '-m', 'pytest', '-q', `--junitxml=${file}`, ...parameters], how);
  if (!existsSync(file)) throw new Error('pytest ended without a result.');
  const { passed, failed } = pythonResults(readFileSync(file, 'utf8'));
  return { passed, failed: code !== 0 && failed.length === 0 ? ['pytest itself'] : failed };
}

/** @param {string} text JUnit's XML, as pytest writes it */
function pythonResults(text) {
  const tests = [...text.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"[^>]*?(?:\/>|>(.*?)<\/testcase>)/gs)];
  const told = tests.map(([, file, name, inner = '']) => ({
    test: `${file} › ${name}`,
    outcome: /^\s*<(failure|error|skipped)\b/.exec(inner)?.[1],
  }));
  return {
    passed: told.filter(({ outcome }) => !outcome).length,
    failed: told.filter(({ outcome }) => outcome === 'failure' || outcome === 'error').map(({ test }) => test),
  };
}

async function endToEnd() {
  const screen = process.platform === 'linux' && !process.env['DISPLAY'] ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24'] : [];
  const playwright = [
    process.execPath,
    join(root, 'node_modules/@playwright/test/cli.js'),
    'test',
    '--config',
    join(root, 'e2e/playwright.config.ts'),
  ];
  const { code } = await run([...screen, ...playwright], shown());
  const file = join(results, 'e2e.json');
  if (!existsSync(file)) throw new Error('Playwright ended without a result.');
  const told = JSON.parse(readFileSync(file, 'utf8'));
  remember(troublesOf(told.suites));
  const { expected, unexpected, flaky } = told.stats;
  return counted(code, expected + flaky, unexpected);
}

/** @typedef {{ title: string, file: string, suites?: Suite[], specs: { title: string, tests: { status: string }[] }[] }} Suite */

/** @param {Suite[]} suites @returns {Troubles} */
function troublesOf(suites) {
  const inner = suites.map(({ suites: below }) => troublesOf(below ?? []));
  const named = (/** @type {string} */ status) =>
    suites.flatMap(({ file, specs }) =>
      specs.filter(({ tests }) => tests.some((test) => test.status === status)).map(({ title }) => `e2e/specs/${file} › ${title}`),
    );
  return {
    failed: [...named('unexpected'), ...inner.flatMap(({ failed }) => failed)],
    flaky: [...named('flaky'), ...inner.flatMap(({ flaky }) => flaky)],
  };
}

function remember(/** @type {Troubles} */ { failed, flaky }) {
  troubles.failed.push(...failed);
  troubles.flaky.push(...flaky);
}

/** What the runner says counts, and its exit code too: a file that cannot be loaded has no tests to fail. @returns {Counts} */
function counted(/** @type {number} */ code, /** @type {number} */ passed, /** @type {number} */ failed) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** @returns {Parameters<typeof run>[1]} */
function shown() {
  return { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], seconds: 2400 };
}
