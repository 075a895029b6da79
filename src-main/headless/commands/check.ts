import type { Preflight } from '../../../src-shared/model/preflight.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { columns } from '../output.ts';
import { wantedRun, type Request } from '../wanted-run.ts';

/** `atn check PLAN|PATH`: why can't I run? Exit 0 when nothing was found, 1 with reasons, warnings included. */
export const check: Command = (line) => {
  const wanted = wantedRun(line);
  return async (context) => {
    const found = await checkToEnd(context, await wanted(context));
    context.output.answer(found, () => text(found));
    return found.reasons.length === 0 ? EXIT.passed : EXIT.failed;
  };
};

async function checkToEnd({ client, output, interrupted }: CommandContext, request: Request): Promise<Preflight> {
  let newest: Preflight | undefined;
  for await (const found of await client.preflight.check(request, { signal: interrupted })) {
    newest = found;
    for (const { sentence } of found.pending) output.progress(sentence);
  }
  if (newest === undefined || newest.pending.length > 0) throw new WorkbenchError('CANCELLED', 'The check was cancelled.');
  return newest;
}

function text({ reasons, fine, canStart }: Preflight): string {
  const lines = [
    ...reasons.map(({ severity, code, message }) => [severity, code, message]),
    ...fine.map(({ sentence }) => ['fine', '', sentence]),
  ];
  const verdict = reasons.length === 0 ? 'It can run.' : canStart ? 'It can start, with warnings.' : 'It cannot start.';
  return `${columns(lines)}\n${verdict}`;
}
