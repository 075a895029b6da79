/** Calls back at the next frame, or soon where no frame comes; answers how to call it off. */
export type Schedule = (callback: () => void) => () => void;

interface Batch<Item> {
  readonly push: (item: Item) => void;
  /** Forgets what waits and takes nothing more. */
  readonly drop: () => void;
}

/** Gathers what arrives and hands it on once a frame: a thousand events cost one commit. */
export function frameBatch<Item>(apply: (items: readonly Item[]) => void, schedule: Schedule): Batch<Item> {
  let waiting: Item[] = [];
  let cancel: (() => void) | null = null;
  let dropped = false;
  const flush = (): void => {
    const items = waiting;
    waiting = [];
    cancel = null;
    apply(items);
  };
  return {
    push: (item) => {
      if (dropped) return;
      waiting.push(item);
      cancel ??= schedule(flush);
    },
    drop: () => {
      dropped = true;
      cancel?.();
      waiting = [];
    },
  };
}

/** A hidden window gets no frames; then a slow timer keeps the state current, and a notification can be shown. */
export function nextFrame(callback: () => void): () => void {
  if (document.visibilityState === 'hidden') {
    const timer = setTimeout(callback, 100);
    return () => clearTimeout(timer);
  }
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(late);
    callback();
  };
  const frame = requestAnimationFrame(once);
  const late = setTimeout(once, 250);
  return () => {
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(late);
  };
}
