import { implement } from '@orpc/server';
import { hubContract } from '../../src-shared/contract/hub/index.ts';
import type { WatchedConsoles } from '../consoles/watch-console.ts';
import { signedIn, type CallContext, type HubPart } from './context.ts';

export function consolesPart(consoles: WatchedConsoles): HubPart<'consoles'> {
  const procedures = implement(hubContract.consoles).$context<CallContext>();
  const wantedOf = ({ harnessId, sut }: { harnessId: string; sut: string }, context: CallContext) => ({
    ...{ harnessId, sut },
    person: signedIn(context).person.login,
  });
  return {
    attach: procedures.attach.handler(({ input, context, signal }) => {
      const { recordingId, offset } = input;
      const place = recordingId === undefined ? null : { recordingId, offset: offset ?? 0 };
      return consoles.watch(wantedOf(input, context), { place, signal });
    }),
    takeWriter: procedures.takeWriter.handler(({ input, context }) =>
      consoles.deed(wantedOf(input, context), { kind: 'take', confirmed: input.confirmed }),
    ),
    releaseWriter: procedures.releaseWriter.handler(({ input, context }) => consoles.deed(wantedOf(input, context), { kind: 'giveBack' })),
    write: procedures.write.handler(({ input, context }) => consoles.deed(wantedOf(input, context), { kind: 'write', text: input.text })),
  };
}
