import type { SutEvent } from '../../../src-shared/model/sut-state.ts';
import { listSutEvents } from '../../store/sut-events.ts';
import { needSut, type SutServices } from '../suts/sut-services.ts';

/** What happened to a SUT, newest first. */
export function listEvents(services: SutServices, page: { sutId: string; before?: string | undefined; limit: number }): SutEvent[] {
  needSut(services, page.sutId);
  return listSutEvents(services.store, page);
}
