import type { Run } from '../../../src-shared/model/run.ts';
import type { Command, CommandContext, HarnessClient } from '../command.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { failureLine, runJson, runText } from '../run-text.ts';
import { wantedRun, type Request } from '../wanted-run.ts';
import { watchRun } from '../watch-run.ts';

/** `atn run PLAN|PATH`: start, watch to the end, retries of the plan included; the exit code says the verdict. */
export const run: Command = (line) => {
  const wanted = wantedRun(line);
  return async (context) => runToEnd(context, await wanted(context));
};

async function runToEnd(context: CommandContext, request: Request): Promise<number> {
  const { client, output } = context;
  const started = await client.runs.start(request);
  output.progress(`run ${started.id} ${started.name}`);
  const ended = await watchRetries(context, await watchRun(context, started.id));
  output.answer(runJson(ended), () => runText(ended));
  if (!output.json) await tellFailures(client, ended, output.progress.bind(output));
  return exitCodeOf(ended.verdict);
}

/** A retry is there as soon as the run before it has ended; what the last one says is how it came out. */
async function watchRetries(context: CommandContext, ended: Run): Promise<Run> {
  let newest = ended;
  while (newest.verdict === 'failed' && newest.retriesLeft > 0) {
    const [retry] = newest.reruns;
    if (retry === undefined) return newest;
    context.output.progress(`run ${retry} again what failed`);
    newest = await watchRun(context, retry);
  }
  return newest;
}

async function tellFailures(client: HarnessClient, { id, counts }: Run, tell: (text: string) => void): Promise<void> {
  if (counts.failed === 0) return;
  const { failures, total } = await client.record.failures({ id, limit: 20 });
  tell(`failed, ${total} in all:`);
  for (const { test, message } of failures) tell(failureLine(test.name, message));
}
