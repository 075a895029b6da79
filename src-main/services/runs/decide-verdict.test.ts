import { describe, expect, it } from 'vitest';
import type { ExitFile } from '../../robot/run-files.ts';
import { decideVerdict, type VerdictFacts } from './decide-verdict.ts';

const exit = (more: Partial<ExitFile> = {}): ExitFile => ({
  endedAt: 1,
  exitCode: 0,
  signal: null,
  how: 'exited',
  stopRequestedAt: null,
  stopStep: null,
  killedProcesses: 0,
  error: null,
  recordRows: 1,
  ...more,
});
const facts = (more: Partial<VerdictFacts> = {}): VerdictFacts => ({
  exit: exit(),
  failure: null,
  stoppedEarly: false,
  counts: { passed: 1, failed: 0, skipped: 0, notRun: 0 },
  recordClosed: true,
  recordDropped: null,
  reportWhole: true,
  robotError: null,
  provisioned: null,
  emptyAllowed: false,
  firstFailure: null,
  ...more,
});
const none = { passed: 0, failed: 0, skipped: 0, notRun: 0 };

describe('the verdict', () => {
  it.each<[string, Partial<VerdictFacts>, string, string | null, string | null]>([
    ['all passed', {}, 'passed', null, null],
    ['one failed', { exit: exit({ exitCode: 1 }), counts: { ...none, failed: 1 }, firstFailure: 'No' }, 'failed', null, 'No'],
    ['250 and more failed', { exit: exit({ exitCode: 250 }) }, 'failed', null, null],
    ['failed without a code', { counts: { ...none, failed: 2 } }, 'failed', null, '2 tests failed.'],
    ['all skipped', { counts: { ...none, skipped: 3 } }, 'passed', null, 'All 3 tests were skipped.'],
    ['nothing ran', { counts: none }, 'error', 'testData', 'Robot ended without running a test.'],
    ['nothing ran, as wanted', { counts: none, emptyAllowed: true }, 'passed', null, 'There was no test to run.'],
    ['help', { exit: exit({ exitCode: 251 }) }, 'error', 'configuration', null],
    [
      'broken data',
      { exit: exit({ exitCode: 252 }), robotError: "Suite 'A' contains no tests." },
      'error',
      'testData',
      "Suite 'A' contains no tests.",
    ],
    [
      'broken option',
      { exit: exit({ exitCode: 252 }), robotError: "Invalid value for option '--loglevel'" },
      'error',
      'configuration',
      null,
    ],
    ['interrupted by others', { exit: exit({ exitCode: 253 }) }, 'error', 'infrastructure', null],
    ['unexpected', { exit: exit({ exitCode: 255 }), robotError: 'Boom' }, 'error', 'internal', 'Boom'],
    [
      'killed from outside',
      { exit: exit({ exitCode: null, signal: 'SIGKILL' }) },
      'error',
      'infrastructure',
      'Robot was ended from outside by SIGKILL. Was memory short?',
    ],
    ['ended by a library', { exit: exit({ exitCode: 3 }), recordClosed: false, reportWhole: false }, 'error', 'testData', null],
    [
      'not recorded',
      { recordClosed: false, recordDropped: 'record.db: locked' },
      'error',
      'infrastructure',
      'The run could not be recorded to its end: record.db: locked. Its log.html is whole.',
    ],
    [
      'stopped',
      { exit: exit({ how: 'stopped', exitCode: 1, stopRequestedAt: 1 }), counts: { passed: 1, failed: 0, skipped: 0, notRun: 2 } },
      'stopped',
      null,
      'Stopped after 1 of 3 tests.',
    ],
    ['stopped too late', { exit: exit({ exitCode: 0 }) }, 'passed', null, null],
    ['stopped before Robot', { exit: null, stoppedEarly: true }, 'stopped', null, 'Stopped before Robot was started.'],
    ['time limit', { exit: exit({ how: 'timeLimit', exitCode: 2 }) }, 'error', 'timeout', 'The time limit of the run was reached.'],
    ['silence', { exit: exit({ how: 'silenceLimit' }) }, 'error', 'timeout', null],
    [
      'not started',
      { exit: exit({ how: 'startFailed', exitCode: null, error: '/x cannot be started.' }) },
      'error',
      'configuration',
      '/x cannot be started.',
    ],
    ['lost', { exit: null, failure: { code: 'LOST', message: 'gone', cause: 'infrastructure' } }, 'lost', 'infrastructure', 'gone'],
    ['broke', { exit: null, failure: { code: 'DISK_FULL', message: 'full', cause: 'infrastructure' } }, 'error', 'infrastructure', 'full'],
    ['no word', { exit: null }, 'error', 'infrastructure', 'Robot left no word of how it ended.'],
  ])('of a run that is: %s', (...[, more, verdict, cause, happened]) => {
    const outcome = decideVerdict(facts(more));
    expect(outcome).toMatchObject({ verdict, cause });
    if (happened !== null) expect(outcome.happened).toBe(happened);
    expect(outcome.failure === null).toBe(!['error', 'lost'].includes(verdict));
  });
});
