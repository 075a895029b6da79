import type { Run, RunSummary } from '../../src-shared/model/run.ts';
import { columns, printable } from './output.ts';

/** The form that scripts read; its names are a contract. Absent times are null. */
export interface RunJson {
  id: string;
  name: string;
  state: Run['state'];
  verdict: Run['verdict'];
  cause: Run['cause'];
  counts: Run['counts'];
  startedAt: number | null;
  endedAt: number | null;
  reportDirectory: string;
  failure: Run['failure'];
}

export function runJson(run: Run): RunJson {
  const { id, name, state, verdict, cause, counts, startedAt, endedAt, reportDirectory, failure } = run;
  return { id, name, state, verdict, cause, counts, startedAt, endedAt, reportDirectory, failure };
}

/** A word for where a run is or how it came out. */
export function outcome(run: RunSummary): string {
  if (run.verdict === null) return run.counts.failed > 0 ? `${run.state}, failing` : run.state;
  return run.cause === null ? run.verdict : `${run.verdict}: ${run.cause}`;
}

export function countsText({ passed, failed, skipped, notRun }: Run['counts']): string {
  const parts = [`${passed} passed`, `${failed} failed`];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  if (notRun > 0) parts.push(`${notRun} not run`);
  return parts.join(', ');
}

/** Seconds below a minute with one decimal, then minutes and hours. */
export function durationText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} m`;
}

/** Clock time in the zone of whoever reads. */
export function localTime(at: number): string {
  return new Date(at).toLocaleString('sv-SE');
}

export function runLines(runs: readonly RunSummary[]): string {
  return columns(
    runs.map((run) => [
      run.id.slice(0, 13),
      localTime(run.createdAt),
      outcome(run),
      `${run.counts.passed}/${run.total}`,
      run.name,
      run.suts.join(', '),
      run.happened ?? '',
    ]),
  );
}

export function runText(run: Run): string {
  const took = run.startedAt !== null && run.endedAt !== null ? durationText(run.endedAt - run.startedAt) : '';
  const lines = [
    ['run', run.id],
    ['name', run.name],
    ['outcome', outcome(run)],
    ['tests', countsText(run.counts)],
    ['started', run.startedAt === null ? 'not yet' : `${localTime(run.startedAt)} by ${run.startedBy}`],
    ['took', took],
    ['SUTs', run.suts.join(', ')],
    ['condition', run.condition ?? ''],
    ['failure', run.failure?.message ?? ''],
    ['report', run.reportDirectory],
  ].filter(([, value]) => value !== '');
  return columns(lines);
}

export function failureLine(name: string, message: string | null): string {
  return `  ${printable(name)}\n      ${printable((message ?? '').split('\n', 1)[0] ?? '')}`;
}
