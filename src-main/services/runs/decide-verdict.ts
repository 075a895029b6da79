import type { Counts } from '../../../src-shared/model/run.ts';
import type { Cause, Verdict } from '../../../src-shared/model/run-states.ts';
import type { ExitFile } from '../../robot/run-files.ts';

export interface VerdictFacts {
  /** What the supervisor left; null when it left nothing. */
  exit: ExitFile | null;
  /** What broke before or around Robot, if anything: it was written with the move that it caused. */
  failure: { code: string; message: string; cause: Cause } | null;
  /** Stopped before Robot was started. */
  stoppedEarly: boolean;
  counts: Counts;
  /** The listener saw the end of the execution. */
  recordClosed: boolean;
  /** Why recording stopped before. */
  recordDropped: string | null;
  /** Robot wrote its output.xml to the end. */
  reportWhole: boolean;
  /** Robot's own words about why it could not run, from the console. */
  robotError: string | null;
  /** Only for a run without tests: what its machine was brought into, in words. */
  provisioned: string | null;
  /** The person allowed a run without tests. */
  emptyAllowed: boolean;
  firstFailure: string | null;
}

export interface Outcome {
  verdict: Verdict;
  cause: Cause | null;
  failure: { code: string; message: string } | null;
  happened: string | null;
}

/** Robot's return codes (User Guide, 3.1.3): up to 250 is the number of failed tests. */
const HELP = 251;
const INVALID = 252;
const INTERRUPTED = 253;
const UNEXPECTED = 255;

/**
 * How a run came out. `stopped` only when the supervisor obeyed a stop before Robot had ended: a stop that came too late leaves the
 * truthful verdict. Tests that fail are `failed`; a run that could not do its work is `error`, never `failed`.
 */
export function decideVerdict(facts: VerdictFacts): Outcome {
  const { exit, failure } = facts;
  if (facts.stoppedEarly) return fair('stopped', 'Stopped before Robot was started.');
  if (exit === null && failure?.code === 'LOST') return { ...error(failure.cause, failure.code, failure.message), verdict: 'lost' };
  if (failure !== null) return error(failure.cause, failure.code, failure.message);
  if (facts.provisioned !== null) return fair('passed', facts.provisioned);
  if (exit === null) return error('infrastructure', 'INTERNAL', 'Robot left no word of how it ended.');
  switch (exit.how) {
    case 'stopped':
      return fair('stopped', stoppedSentence(facts.counts));
    case 'timeLimit':
      return error('timeout', 'TIMEOUT', 'The time limit of the run was reached.');
    case 'silenceLimit':
      return error('timeout', 'TIMEOUT', 'Nothing was heard from the run for longer than its silence limit.');
    case 'startFailed':
      return error('configuration', 'ROBOT_MISSING', exit.error ?? 'Robot could not be started.');
    case 'exited':
      return afterRobot(facts, exit);
  }
}

function afterRobot(facts: VerdictFacts, exit: ExitFile): Outcome {
  const { exitCode, signal } = exit;
  if (exitCode === null)
    return error('infrastructure', 'INTERNAL', `Robot was ended from outside by ${signal ?? 'an unknown signal'}. Was memory short?`);
  if (exitCode === INVALID) return invalid(facts.robotError);
  if (exitCode === HELP)
    return error('configuration', 'ROBOT_DATA', 'An option made Robot print its help or version instead of running tests.');
  if (exitCode === INTERRUPTED) return error('infrastructure', 'INTERNAL', 'Robot was interrupted by somebody else than the workbench.');
  if (exitCode >= UNEXPECTED || exitCode < 0) return error('internal', 'INTERNAL', facts.robotError ?? 'Robot met an unexpected error.');
  if (!facts.recordClosed) return unrecorded(facts, exitCode);
  return fromTests(facts, exitCode);
}

/** An exit code without a whole record could as well be that of a library that ended the process. */
function unrecorded({ reportWhole, recordDropped }: VerdictFacts, exitCode: number): Outcome {
  if (!reportWhole)
    return error(
      'testData',
      'ROBOT_DATA',
      `Robot ended in the middle of a test with code ${exitCode}: a library may have ended the process.`,
    );
  const why = recordDropped === null ? 'the recorder did not come to life; the console may say why' : recordDropped;
  return error('infrastructure', 'INTERNAL', `The run could not be recorded to its end: ${why}. Its log.html is whole.`);
}

function fromTests({ counts, emptyAllowed, firstFailure }: VerdictFacts, exitCode: number): Outcome {
  if (exitCode > 0 || counts.failed > 0) return fair('failed', firstFailure ?? failedSentence(counts));
  if (counts.passed > 0) return fair('passed', null);
  if (counts.skipped > 0)
    return fair('passed', counts.skipped === 1 ? 'The only test was skipped.' : `All ${counts.skipped} tests were skipped.`);
  if (emptyAllowed) return fair('passed', 'There was no test to run.');
  return error('testData', 'ROBOT_DATA', 'Robot ended without running a test.');
}

/** 252 is for the command line as well as for the data; Robot's words tell them apart. */
function invalid(robotError: string | null): Outcome {
  const message = robotError ?? 'Robot could not use the test data or an option.';
  const option = /^(?:option |Invalid value for option|Invalid usage|Invalid '--|Default visitor|Opening argument file)/iu.test(message);
  return error(option ? 'configuration' : 'testData', 'ROBOT_DATA', message);
}

function stoppedSentence({ passed, failed, skipped, notRun }: Counts): string {
  const ran = passed + failed + skipped;
  return notRun === 0 ? `Stopped after ${ran} tests.` : `Stopped after ${ran} of ${ran + notRun} tests.`;
}

function failedSentence({ failed }: Counts): string {
  return failed === 1 ? 'One test failed.' : `${failed} tests failed.`;
}

function error(cause: Cause, code: string, message: string): Outcome {
  return { verdict: 'error', cause, failure: { code, message }, happened: message };
}

/** A verdict about the tests, or a person's wish: nothing went wrong with the run itself. */
function fair(verdict: Verdict, happened: string | null): Outcome {
  return { verdict, cause: null, failure: null, happened };
}
