import { useHotkeys } from '../../../kit/use-hotkeys.ts';
import { isGroup, type Line } from '../model/lines.ts';
import type { Draft, Placement } from '../model/place.ts';

interface Options {
  readonly lines: readonly Line[];
  readonly cursor: number | null;
  readonly draft: Draft | null;
  readonly placement: Placement | null;
  readonly now: number;
  readonly onDraft: (draft: Draft | null) => void;
  readonly onCursor: (index: number) => void;
}

const STEP = 30 * 60_000;
const USUAL = 2 * 3_600_000;

/** Arrows go from machine to machine; with a draft they move it, with Shift they make it longer or shorter. Space begins one. */
export function useBoardKeys({ lines, cursor, draft, placement, now, onDraft, onCursor }: Options): void {
  const go = (step: number): void => {
    let next = (cursor ?? (step > 0 ? -1 : lines.length)) + step;
    for (let line = lines[next]; line !== undefined && isGroup(line); line = lines[next]) next += step;
    const sut = lines[next];
    if (sut === undefined || isGroup(sut)) return;
    onCursor(next);
    if (draft !== null) onDraft({ ...draft, sutIds: [sut.id] });
  };
  const move = (step: number): void => {
    if (draft === null) return;
    const wanted = Math.round((placement?.begin ?? draft.begin ?? now) / STEP) * STEP + step;
    onDraft({ ...draft, begin: wanted <= now ? null : wanted });
  };
  const stretch = (step: number): void => {
    if (draft?.durationMs != null) onDraft({ ...draft, durationMs: Math.max(STEP, draft.durationMs + step) });
  };
  const begin = (): void => {
    const sut = cursor === null ? lines.find((line) => !isGroup(line)) : lines[cursor];
    if (sut !== undefined && !isGroup(sut)) onDraft({ sutIds: [sut.id], begin: null, durationMs: USUAL });
  };
  useHotkeys([
    { keys: 'arrowup', label: 'The machine above', run: () => go(-1) },
    { keys: 'arrowdown', label: 'The machine below', run: () => go(1) },
    { keys: 'space', label: 'Begin a reservation on this machine', run: begin },
    ...(draft === null
      ? []
      : [
          { keys: 'arrowleft', label: '30 min earlier', run: () => move(-STEP) },
          { keys: 'arrowright', label: '30 min later', run: () => move(STEP) },
          { keys: 'shift+arrowleft', label: '30 min shorter', run: () => stretch(-STEP) },
          { keys: 'shift+arrowright', label: '30 min longer', run: () => stretch(STEP) },
        ]),
  ]);
}
