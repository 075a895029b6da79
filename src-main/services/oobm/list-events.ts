import type { SutEvent } from '../../../src-shared/model/sut-state.ts';
import { listSutHistory } from '../../store/sut-history.ts';
import { needSut, type SutServices } from '../suts/sut-services.ts';

/** What happened to a SUT, the holds and runs that had it included, newest first. */
export function listEvents(services: SutServices, page: { sutId: string; before?: string | undefined; limit: number }): SutEvent[] {
  needSut(services, page.sutId);
  return listSutHistory(services.store, page);
}
