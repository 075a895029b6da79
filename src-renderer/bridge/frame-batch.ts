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
function nextFrame(callback: () => void): void {
  if (document.visibilityState === 'hidden') {
    setTimeout(callback, 100);
    return;
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
}

/**
 * Everything that waits for a frame is done in one go, and `commit` makes the page of it before the frame is laid out. A commit of its own for each feed,
 * or one between two frames, would each cost a style and a layout of the whole page.
 */
export function frameSchedule(commit: (deeds: () => void) => void, next = nextFrame): Schedule {
  let waiting = new Set<() => void>();
  let asked = false;
  const flush = (): void => {
    const deeds = waiting;
    waiting = new Set();
    asked = false;
    commit(() => {
      for (const deed of deeds) doAlone(deed);
    });
  };
  return (callback) => {
    // A deed of its own each time: the same callback may wait twice.
    const deed = (): void => callback();
    waiting.add(deed);
    if (!asked) next(flush);
    asked = true;
    return () => void waiting.delete(deed);
  };
}

/** What goes wrong with one is told as any error of the page; the others have their frame all the same. */
function doAlone(deed: () => void): void {
  try {
    deed();
  } catch (error) {
    reportError(error);
  }
}
