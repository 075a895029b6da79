import type { LinkNotices } from './link-services.ts';

export interface NoticeWatch {
  /** The reader has left. */
  ended: AbortSignal;
  leave(): void;
  /** So long, or until the reader leaves. Notices meanwhile are remembered. */
  rest(ms: number): Promise<void>;
  /** Until there was a notice since the last answer, the time is over (null = never), or the reader leaves. */
  next(ms: number | null): Promise<void>;
}

interface Watched {
  topic: 'run' | 'record';
  id: string;
}

/** Notices for one reader of a feed: of one run or its record, or (null) of all labs and runs. */
export function watchNotices(notices: LinkNotices, { of, signal }: { of: Watched | null; signal: AbortSignal | undefined }): NoticeWatch {
  const left = new AbortController();
  const ended = signal === undefined ? left.signal : AbortSignal.any([left.signal, signal]);
  let told = false;
  /** Ends the present wait; a notice does so only where it is waited for. */
  let waiting: { end: () => void; forNotice: boolean } | null = null;
  const hear = () => {
    told = true;
    if (waiting?.forNotice === true) waiting.end();
  };
  const stops = of === null ? [notices.on(hear, 'run'), notices.on(hear, 'harness')] : [notices.onOne(of.id, hear, of.topic)];
  ended.addEventListener('abort', () => {
    for (const stop of stops) stop();
    waiting?.end();
  });
  const wait = async (ms: number | null, forNotice: boolean): Promise<void> => {
    if (ended.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      waiting = { end: resolve, forNotice };
      if (ms !== null) timer = setTimeout(resolve, ms);
    });
    waiting = null;
    clearTimeout(timer);
  };
  return {
    ended,
    leave: () => left.abort(),
    rest: (ms) => wait(ms, false),
    next: async (ms) => {
      if (!told) await wait(ms, true);
      told = false;
    },
  };
}
