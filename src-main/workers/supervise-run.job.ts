import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { endOrphans } from '../robot/leftover-processes.ts';
import { isAlive, type ProcessIdentity } from '../robot/process-identity.ts';
import { readExitFile, readSupervisorFile, runFolder, type RunFolder, type SupervisorFile } from '../robot/run-files.ts';
import { startSupervisor } from '../robot/supervised-process.ts';
import { FolderWatch } from './folder-watch.ts';
import type { WithPort } from './pool.ts';
import { RecordProgress } from './record-progress.ts';
import type { SuperviseMessage, Supervised, SuperviseTask } from './run-messages.ts';

/** A supervisor that was just started has this long to show itself after its process is gone. */
const APPEAR_MS = 3000;
/** A run that never pauses is looked at so often at most. The record is written in batches of 25 ms and more: a pause as long would double the wait. */
const LOOK_PAUSE_MS = 8;

/** Starts the supervisor of a run, or finds the one that is there, and watches until it has said how the run ended or is dead. */
export default async function superviseRun(task: SuperviseTask & WithPort): Promise<Supervised> {
  const folder = runFolder(task.folder);
  const watch = new FolderWatch(folder);
  const send = (message: SuperviseMessage) => task.port.postMessage(message);
  const progress = new RecordProgress(folder, task.nativeBinding, send);
  let leaving = false;
  task.port.on('message', (message) => {
    leaving ||= message === 'leave';
    watch.wake();
  });
  task.port.on('close', () => {
    leaving = true;
    watch.wake();
  });
  try {
    const supervisor = new Supervisor(folder);
    const refusal = await supervisor.appear(task);
    if (refusal !== null) return { how: 'notStarted', message: refusal };
    for (;;) {
      const hears = watch.hears();
      const exit = hears ? await readExitFile(folder.exit) : null;
      if (exit !== null) return { how: 'exited', exit };
      if (leaving) return { how: 'left' };
      if (hears) supervisor.tell(await supervisor.read(), send);
      progress.look();
      if (hears && supervisor.isDead()) return await afterDeath(folder, supervisor, task.graceMs);
      await watch.next(LOOK_PAUSE_MS, progress.dueInMs());
    }
  } finally {
    progress.close();
    watch.close();
    task.port.close();
  }
}

async function afterDeath(folder: RunFolder, supervisor: Supervisor, graceMs: number): Promise<Supervised> {
  // It may have written its last word between our look at the word and our look at it.
  const lastWord = await readExitFile(folder.exit);
  if (lastWord !== null) return { how: 'exited', exit: lastWord };
  const robot = supervisor.robot();
  const killed = await endOrphans({ recordFile: folder.record, robot, graceMs });
  const said = await readFile(folder.supervisorLog, 'utf8').catch(() => '');
  return { how: 'vanished', killed, said: said.trim().slice(-2000) };
}

/** What is known of the supervisor: from its file, and of the process that we started, while there is no file yet. */
class Supervisor {
  readonly #folder: RunFolder;
  #file: SupervisorFile | null = null;
  #started: ProcessIdentity | null = null;
  #goneAt: number | null = null;
  #told = '';
  #runningTold = false;

  constructor(folder: RunFolder) {
    this.#folder = folder;
  }

  /** Starts one unless one was there before; a second for the same run would end by itself. Answers why it could not. */
  async appear(task: SuperviseTask): Promise<string | null> {
    if (existsSync(this.#folder.exit) || existsSync(this.#folder.supervisor)) return null;
    try {
      this.#started = await startSupervisor({ python: task.python, script: task.script, folder: this.#folder, secrets: task.secrets });
      return null;
    } catch (error) {
      return `${task.python} cannot be started: ${error instanceof Error ? error.message : String(error)}.`;
    }
  }

  async read(): Promise<SupervisorFile | null> {
    this.#file = (await readSupervisorFile(this.#folder.supervisor)) ?? this.#file;
    return this.#file;
  }

  tell(file: SupervisorFile | null, send: (message: SuperviseMessage) => void): void {
    if (file === null) return;
    if (!this.#runningTold && file.robotPid !== null) {
      this.#runningTold = true;
      send({ type: 'running' });
    }
    if (file.stop === null) return;
    const { requestedAt, by, step, nextStepAt } = file.stop;
    // The countdown is taken fresh at each heartbeat and moves by a millisecond or two: not worth telling.
    const key = `${step} ${Math.round((nextStepAt ?? 0) / 500)}`;
    if (key === this.#told) return;
    this.#told = key;
    send({ type: 'stop', stop: { requestedAt, by, step, nextStepAt } });
  }

  /** Proven by process id and start time, never by a late heartbeat alone: a machine may sleep. */
  isDead(): boolean {
    const known = this.#file ?? this.#started;
    if (known !== null && isAlive(known)) {
      this.#goneAt = null;
      return false;
    }
    this.#goneAt ??= performance.now();
    // Its file may appear a moment after the process that we started has made room for the one that was there first.
    return performance.now() - this.#goneAt > (this.#file === null ? APPEAR_MS : 0);
  }

  robot(): ProcessIdentity | null {
    if (this.#file === null || this.#file.robotPid === null) return null;
    return { pid: this.#file.robotPid, startTicks: this.#file.robotStartTicks };
  }
}
