import collectFile from './collect-run.job.ts?modulePath';
import type { WorkerPool } from './pool.ts';
import type {
  Collected,
  CollectedResult,
  CollectMessage,
  CollectTask,
  Supervised,
  SuperviseMessage,
  SuperviseTask,
} from './run-messages.ts';
import superviseFile from './supervise-run.job.ts?modulePath';

/** One thread watches one run, so the pool `runs` must have room for as many threads as there can be runs at once. */
export const MOST_RUN_THREADS = 80;

/** The jobs of the pool `runs`. */
export function createRunJobs(pool: WorkerPool) {
  return {
    supervise: (task: SuperviseTask, onMessage: (message: SuperviseMessage) => void, signal: AbortSignal): Promise<Supervised> =>
      pool.run({ file: superviseFile, task, signal, onMessage: (message) => onMessage(message as SuperviseMessage) }),
    collect: (
      task: CollectTask,
      onResults: (results: CollectedResult[]) => void,
      onTrouble: (error: unknown) => void,
    ): Promise<Collected> =>
      pool.run({
        file: collectFile,
        task,
        onMessage: (message, reply) => {
          try {
            onResults((message as CollectMessage).results);
            reply('next');
          } catch (error) {
            reply('stop'); // the job reads no further; what else it finds is wanted all the same
            onTrouble(error);
          }
        },
      }),
  };
}
