import type { SutEvent } from '../../../src-shared/model/sut-state.ts';
import { newId } from '../../new-id.ts';
import { addSutEvent, endSutEvent } from '../../store/sut-events.ts';
import type { SutServices } from '../suts/sut-services.ts';

type Told = Pick<SutEvent, 'sutId' | 'who' | 'what'> & Partial<SutEvent>;

/** Writes a row of the history of a SUT; answers its id. */
export function recordEvent({ store, changes, clock }: Pick<SutServices, 'store' | 'changes' | 'clock'>, told: Told): string {
  const at = clock.now();
  const event: SutEvent = {
    id: newId(at),
    at,
    why: null,
    outcome: 'noted',
    message: null,
    provider: null,
    tookMs: null,
    attempts: [],
    ...told,
  };
  addSutEvent(store, event);
  changes.emit('sut:recorded', { sutId: event.sutId });
  return event.id;
}

export function endEvent(
  { store, changes }: Pick<SutServices, 'store' | 'changes'>,
  event: { id: string; sutId: string },
  end: Partial<SutEvent> & Pick<SutEvent, 'outcome'>,
): void {
  endSutEvent(store, event.id, { message: null, provider: null, tookMs: null, attempts: [], ...end });
  changes.emit('sut:recorded', { sutId: event.sutId });
}
