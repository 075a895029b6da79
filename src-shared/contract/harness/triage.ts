import { z } from 'zod';
import { IssueTracker, KnownFailure, KnownFailureInput, NewTriageMark, RunTriage } from '../../model/triage.ts';
import { Id } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Triage'] };

export const triage = {
  ofRun: procedure
    .route({ method: 'GET', path: '/runs/{id}/triage', ...tag })
    .input(z.object({ id: Id }))
    .output(RunTriage),
  /** A comment, a label or an issue, on a run or on one test of it. */
  mark: procedure
    .route({ method: 'POST', path: '/triage/marks', ...tag })
    .input(NewTriageMark)
    .output(RunTriage),
  removeMark: procedure
    .route({ method: 'DELETE', path: '/triage/marks/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.object({ removed: z.literal(true) })),
  rules: procedure.route({ method: 'GET', path: '/triage/known-failures', ...tag }).output(z.array(KnownFailure)),
  /** Looks at the newest runs at once and at later ones as they end; answers all rules. */
  saveRule: procedure
    .route({ method: 'POST', path: '/triage/known-failures', ...tag })
    .input(z.object({ id: Id.nullable().default(null), content: KnownFailureInput }))
    .output(z.array(KnownFailure)),
  removeRule: procedure
    .route({ method: 'DELETE', path: '/triage/known-failures/{id}', ...tag })
    .input(z.object({ id: Id }))
    .output(z.array(KnownFailure)),
  trackers: procedure.route({ method: 'GET', path: '/triage/trackers', ...tag }).output(z.array(IssueTracker)),
  saveTrackers: procedure
    .route({ method: 'PUT', path: '/triage/trackers', ...tag })
    .input(z.object({ trackers: z.array(IssueTracker).max(50) }))
    .output(z.array(IssueTracker)),
};
