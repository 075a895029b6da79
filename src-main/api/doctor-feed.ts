import { AsyncIteratorClass } from '@orpc/server';
import type { DoctorNews } from '../../src-shared/model/doctor.ts';
import type { Doctor } from '../services/doctor/doctor.ts';

/** What the doctor tells while it looks: every finding, and of the progress of a check only the newest. Leaving the feed ends the looking. */
export function doctorFeed(doctor: Doctor, thorough: boolean, signal: AbortSignal | undefined): AsyncIteratorClass<DoctorNews, void, void> {
  const left = new AbortController();
  const events = follow(doctor, thorough, signal === undefined ? left.signal : AbortSignal.any([left.signal, signal]));
  return new AsyncIteratorClass<DoctorNews, void, void>(
    () => events.next(),
    async () => {
      left.abort();
      await events.return();
    },
  );
}

async function* follow(doctor: Doctor, thorough: boolean, signal: AbortSignal): AsyncGenerator<DoctorNews, void, void> {
  const untold = new Map<string, DoctorNews>();
  let wake: () => void = () => undefined;
  let isOver = false;
  yield { type: 'begun', checks: doctor.checks() };
  const looking = doctor
    .look({
      thorough,
      signal,
      onNews: (news) => {
        untold.set(keyOf(news), news);
        wake();
      },
    })
    .finally(() => {
      isOver = true;
      wake();
    });
  looking.catch(() => undefined); // thrown below, unless the reader has left
  for (;;) {
    const [next] = untold;
    if (next !== undefined) {
      untold.delete(next[0]);
      yield next[1];
    } else if (isOver) break;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
  yield { type: 'done', checks: await looking };
}

/** What comes under the same key takes the place of what nobody has read yet. */
function keyOf(news: DoctorNews): string {
  if (news.type === 'looking') return `looking ${news.number}`;
  return news.type === 'found' ? `found ${news.check.number}` : news.type;
}
