import { History, HistoryOverview, HistoryQuestion } from '../../model/history.ts';
import { procedure } from '../base.ts';
import { Comparison, ComparisonQuestion } from '../../model/comparison.ts';

const tag = { tags: ['History'] };

export const history = {
  /** How one subject came out over time, and what that says. */
  of: procedure
    .route({ method: 'GET', path: '/history', ...tag })
    .input(HistoryQuestion)
    .output(History),
  /** What broke within a day, what is flaky, and what messages there were within a week. */
  overview: procedure.route({ method: 'GET', path: '/history/overview', ...tag }).output(HistoryOverview),
  /** Two runs and more, side by side: what differs stands first. */
  compare: procedure
    .route({ method: 'GET', path: '/history/compare', ...tag })
    .input(ComparisonQuestion)
    .output(Comparison),
};
