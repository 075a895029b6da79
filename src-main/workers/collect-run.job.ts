import {
  closeRecord,
  counts,
  openRecord,
  readMeta,
  sealRecord,
  testResults,
  type RecordReader,
  type RecordTestResult,
} from '@atn/run-record';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { copyFile, link, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readRobotError } from '../robot/console-error.ts';
import { readSpecPython, runFolder, type RunFolder } from '../robot/run-files.ts';
import { rebuildReport } from '../robot/supervised-process.ts';
import type { WithPort } from './pool.ts';
import type { Collected, CollectedResult, CollectTask } from './run-messages.ts';

const BATCH = 500;

/** Reads what a run left: results, counts, report. Whatever of it cannot be had becomes a trouble, and the rest is had all the same. */
export default async function collectRun(task: CollectTask & WithPort): Promise<Collected> {
  const folder = runFolder(task.folder);
  const collected = nothing();
  const attempt = async (what: string, work: () => void | Promise<void>) => {
    try {
      await work();
    } catch (error) {
      collected.troubles.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  await attempt('The record could not be read', () => readRecord(task, folder, collected));
  await attempt('The report could not be rebuilt', () => rebuild(task, folder, collected));
  await attempt('The record could not be put beside the report', () => putBeside(folder.record, join(folder.output, 'record.db')));
  await attempt('The console could not be put beside the report', () => putBeside(folder.console, join(folder.output, 'console.txt')));
  await attempt('The console could not be read', async () => {
    collected.robotError = await readRobotError(folder.console);
  });
  task.port.close();
  return collected;
}

function nothing(): Collected {
  return {
    counts: { passed: 0, failed: 0, skipped: 0, notRun: 0 },
    total: 0,
    robotVersion: null,
    pythonVersion: null,
    recordClosed: false,
    recordDropped: null,
    reportWhole: false,
    rebuilt: false,
    robotError: null,
    troubles: [],
  };
}

async function readRecord(task: CollectTask & WithPort, folder: RunFolder, collected: Collected): Promise<void> {
  if (!existsSync(folder.record)) return;
  const options = task.nativeBinding === null ? {} : { nativeBinding: task.nativeBinding };
  if (existsSync(`${folder.record}-wal`)) sealRecord(folder.record, options);
  const record = openRecord(folder.record, options);
  try {
    const meta = readMeta(record);
    const { passed, failed, skipped, notRun, running, total } = counts(record);
    collected.counts = { passed, failed, skipped, notRun: notRun + running };
    collected.total = total;
    collected.robotVersion = meta.robot;
    collected.pythonVersion = meta.python;
    collected.recordClosed = meta.closed;
    collected.recordDropped = meta.dropped;
    await sendResults(task, record);
  } finally {
    closeRecord(record);
  }
}

async function sendResults({ port }: WithPort, record: RecordReader): Promise<void> {
  let batch: CollectedResult[] = [];
  let ordinal = 0;
  const send = async () => {
    const answered = once(port, 'message');
    port.postMessage({ type: 'results', results: batch });
    batch = [];
    const [answer] = (await answered) as [unknown];
    if (answer !== 'next') throw new Error('the harness stopped taking results');
  };
  for (const test of testResults(record)) {
    batch.push(toResult(test, ordinal));
    ordinal += 1;
    if (batch.length === BATCH) await send();
  }
  if (batch.length > 0) await send();
}

function toResult(test: RecordTestResult, ordinal: number): CollectedResult {
  return {
    ordinal,
    longName: test.longName,
    item: test.id,
    // A test that was running when everything ended has no outcome.
    status: test.status === 'running' ? 'notRun' : test.status,
    elapsed: test.elapsedMicroseconds,
    message: test.message,
  };
}

async function rebuild(task: CollectTask, folder: RunFolder, collected: Collected): Promise<void> {
  const output = join(folder.output, 'output.xml');
  collected.reportWhole = await isWhole(output);
  if (collected.reportWhole) return;
  if (!existsSync(folder.record)) return;
  const python = task.python ?? (await readSpecPython(folder));
  const { done, said } = await rebuildReport({ python, script: task.script, folder });
  collected.rebuilt = done;
  if (!done) throw new Error(said);
}

/** Robot closes output.xml last: cut by a kill it lacks its end. */
async function isWhole(file: string): Promise<boolean> {
  let handle;
  try {
    handle = await open(file, 'r');
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, 64));
    await handle.read(tail, 0, tail.length, size - tail.length);
    return tail.toString().trimEnd().endsWith('</robot>');
  } catch {
    return false;
  } finally {
    await handle?.close();
  }
}

/** A second name for the same file, or a copy where the disk knows no such thing. A record with a -wal file is two files: it is left. */
async function putBeside(file: string, target: string): Promise<void> {
  if (!existsSync(file) || !existsSync(join(target, '..'))) return;
  const wal = await stat(`${file}-wal`).catch(() => null);
  if (wal !== null && wal.size > 0) return;
  rmSync(target, { force: true });
  await link(file, target).catch(() => copyFile(file, target));
}
