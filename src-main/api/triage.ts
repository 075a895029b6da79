import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { ApiContext } from '../harness.ts';
import type { Triage } from '../services/triage/triage.ts';
import type { Part } from './part.ts';

export function triagePart(triage: Triage): Part<'triage'> {
  const procedures = implement(harnessContract.triage).$context<ApiContext>();
  return {
    ofRun: procedures.ofRun.handler(({ input }) => triage.ofRun(input.id)),
    mark: procedures.mark.handler(({ input, context }) => triage.mark(input, context.caller)),
    removeMark: procedures.removeMark.handler(({ input }) => {
      triage.removeMark(input.id);
      return { removed: true };
    }),
    rules: procedures.rules.handler(() => triage.rules()),
    saveRule: procedures.saveRule.handler(({ input, context }) => triage.saveRule(input, context.caller)),
    removeRule: procedures.removeRule.handler(({ input }) => triage.removeRule(input.id)),
    trackers: procedures.trackers.handler(() => triage.trackers()),
    saveTrackers: procedures.saveTrackers.handler(({ input }) => triage.saveTrackers(input.trackers)),
  };
}
