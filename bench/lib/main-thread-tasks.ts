import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './packaged-app.ts';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The tasks of the page's main thread while `deed` runs, in milliseconds, by Chromium's own trace: key events, frames, timers, answers; all that can make
 * a key wait, and nothing of what another process does meanwhile but the processor it takes.
 */
export async function mainThreadTasks({ electron }: App, folder: string, deed: () => Promise<void>): Promise<number[]> {
  const file = join(folder, 'trace.json');
  await electron.evaluate(({ contentTracing }) => contentTracing.startRecording({ included_categories: ['toplevel'] }));
  await deed();
  await electron.evaluate(({ contentTracing }, path) => contentTracing.stopRecording(path), file);
  const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] };
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const tasks = traceEvents.filter(({ name, ph }) => name === 'ThreadControllerImpl::RunTask' && ph === 'X');
  return tasks
    .filter(({ pid, tid }) => threads.some((thread) => thread.pid === pid && thread.tid === tid))
    .map(({ dur = 0 }) => dur / 1000);
}
