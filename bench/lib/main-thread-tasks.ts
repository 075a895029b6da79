import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './packaged-app.ts';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds, begin to end. */
  readonly dur?: number;
  /** Microseconds of the processor that the thread had in between. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export interface ThreadTask {
  /** Milliseconds, begin to end: also what other processes took of the processor meanwhile. */
  readonly wall: number;
  /** Milliseconds that the thread itself worked. */
  readonly own: number;
}

/** The tasks of the page's main thread while `deed` runs, by Chromium's own trace: key events, frames, timers, answers; all that can make a key wait. */
export async function mainThreadTasks({ electron }: App, folder: string, deed: () => Promise<void>): Promise<ThreadTask[]> {
  const file = join(folder, 'trace.json');
  await electron.evaluate(({ contentTracing }) => contentTracing.startRecording({ included_categories: ['toplevel'] }));
  await deed();
  await electron.evaluate(({ contentTracing }, path) => contentTracing.stopRecording(path), file);
  const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] };
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const tasks = traceEvents.filter(({ name, ph }) => name === 'ThreadControllerImpl::RunTask' && ph === 'X');
  return tasks
    .filter(({ pid, tid }) => threads.some((thread) => thread.pid === pid && thread.tid === tid))
    .map(({ dur = Number.NaN, tdur = Number.NaN }) => ({ wall: dur / 1000, own: tdur / 1000 }));
}
