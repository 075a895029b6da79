import { createRouterClient } from '@orpc/server';
import type { Activity, ActivityFigures, PoolActivity } from '../../src-shared/model/activity.ts';
import type { ApiContext, Harness } from '../harness.ts';

/** One metric in the text format that Prometheus scrapes: its name, what it is, its kind and its values by label. */
interface Metric {
  name: string;
  help: string;
  kind: 'gauge' | 'counter';
  values: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];
}

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** What a monitoring system asks for every few seconds. */
export async function metricsText(router: Harness['router'], context: ApiContext): Promise<string> {
  const { activity } = createRouterClient(router, { context });
  const [now, figures] = await Promise.all([activity.now(), activity.figures({ span: 'hour' })]);
  return writeMetrics(metricsOf(now, figures));
}

function metricsOf(now: Activity, figures: ActivityFigures): Metric[] {
  const last = now.active.map(({ run, usage }) => [{ run: run.id, name: run.name }, usage.at(-1)] as const);
  const pools: [string, PoolActivity][] = Object.entries(now.pools);
  const kinds = figures.kinds.filter(({ medianMs }) => medianMs !== null);
  return [
    gauge('atn_workers', 'Runs at once at most.', [[{}, now.workers]]),
    gauge('atn_queue_paused', '1 while no new run begins.', [[{}, now.paused ? 1 : 0]]),
    gauge('atn_runs_active', 'Runs that have left the queue.', [[{}, now.active.length]]),
    gauge('atn_runs_queued', 'Runs in the queue.', [[{}, now.queue.length]]),
    gauge(
      'atn_run_memory_bytes',
      'Memory of the processes of a run.',
      valuesOf(last, (sample) => sample?.memory),
    ),
    gauge(
      'atn_run_cpu_percent',
      'Processor of the processes of a run, percent of one core.',
      valuesOf(last, (sample) => sample?.cpu),
    ),
    gauge(
      'atn_pool_threads',
      'Threads alive.',
      pools.map(([pool, { threads }]) => [{ pool }, threads]),
    ),
    gauge(
      'atn_pool_busy',
      'Jobs under way.',
      pools.map(([pool, { busy }]) => [{ pool }, busy]),
    ),
    gauge(
      'atn_pool_waiting',
      'Jobs that wait for a thread.',
      pools.map(([pool, { waiting }]) => [{ pool }, waiting]),
    ),
    counter(
      'atn_pool_done_total',
      'Jobs done since the start of the harness.',
      pools.map(([pool, { done }]) => [{ pool }, done]),
    ),
    counter(
      'atn_pool_failed_total',
      'Jobs failed since the start of the harness.',
      pools.map(([pool, { failed }]) => [{ pool }, failed]),
    ),
    gauge(
      'atn_hour_done',
      'Work that ended within the last hour, by kind.',
      figures.kinds.map(({ kind, done }) => [{ kind }, done]),
    ),
    gauge(
      'atn_hour_failed',
      'Of it: failed or error.',
      figures.kinds.map(({ kind, failed }) => [{ kind }, failed]),
    ),
    gauge(
      'atn_hour_median_seconds',
      'How long it took.',
      kinds.map(({ kind, medianMs }) => [{ kind }, (medianMs ?? 0) / 1000]),
    ),
    gauge('atn_harness_memory_bytes', 'Memory of the harness.', [[{}, now.harness.memory]]),
    gauge('atn_event_loop_delay_seconds', 'How late the event loop came, 99th percentile.', [[{}, now.harness.delayP99Ms / 1000]]),
  ];
}

export function writeMetrics(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, help, kind, values }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${kind}`,
    ...values.map(([labels, value]) => `${name}${writeLabels(labels)} ${value}`),
  ]);
  return `${lines.join('\n')}\n`;
}

function writeLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const gauge = (name: string, help: string, values: Metric['values']): Metric => ({ name, help, kind: 'gauge', values });
const counter = (name: string, help: string, values: Metric['values']): Metric => ({ name, help, kind: 'counter', values });

function valuesOf<Sample>(
  from: readonly (readonly [Record<string, string>, Sample])[],
  value: (sample: Sample) => number | null | undefined,
): Metric['values'] {
  return from.flatMap(([labels, sample]) => {
    const found = value(sample);
    return found === null || found === undefined ? [] : [[labels, found] as const];
  });
}
