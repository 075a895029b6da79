import { useElementSize } from '@mantine/hooks';
import { useRef, type KeyboardEvent, type PointerEvent, type ReactElement, type ReactNode } from 'react';
import { useHotkeys } from './use-hotkeys.ts';
import { useRemembered } from './remembered.ts';

const NARROW = 900;
const LEAST = 360;
const USUAL = 424;

interface Props {
  /** Remembers the width under this name, one a page. */
  readonly name: string;
  readonly list: ReactNode;
  /** Null: the list has the page. */
  readonly detail: ReactNode | null;
  readonly detailLabel: string;
  /** Esc: leave the address of the object; the list takes the focus back by itself. */
  readonly onClose: () => void;
  readonly ruled?: boolean;
  /** Width of the detail until a person sets another, in pixels. */
  readonly usual?: number;
}

/** List left, detail right: resizable, remembered; where there is no room the detail covers the list. */
export function DetailSplit({ name, list, detail, detailLabel, onClose, ruled = false, usual = USUAL }: Props): ReactElement {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [wanted, setWanted] = useRemembered(`detail.${name}`, usual);
  const most = Math.max(LEAST, Math.floor(width / 2));
  const actual = Math.min(Math.max(wanted, LEAST), most);
  const covered = detail !== null && width > 0 && width < NARROW;
  useHotkeys(detail === null ? [] : [{ keys: 'escape', label: 'Close the detail', run: onClose }]);
  return (
    <div ref={ref} className={`split${covered ? ' covered' : ''}${ruled ? ' ruled' : ''}`}>
      <div className="pane grow" inert={covered}>
        {list}
      </div>
      {detail === null ? null : (
        <>
          {covered ? null : <Handle width={actual} limits={[LEAST, most]} usual={usual} onChange={setWanted} />}
          <aside className="pane detail" style={{ width: actual }} aria-label={detailLabel}>
            {detail}
          </aside>
        </>
      )}
    </div>
  );
}

interface HandleProps {
  readonly width: number;
  readonly limits: readonly [number, number];
  readonly usual: number;
  readonly onChange: (width: number) => void;
}

function Handle({ width, limits, usual, onChange }: HandleProps): ReactElement {
  const start = useRef<{ x: number; width: number } | null>(null);
  const set = (next: number): void => onChange(Math.round(Math.min(Math.max(next, limits[0]), limits[1])));
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (start.current !== null) set(start.current.width + start.current.x - event.clientX);
  };
  const key = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowLeft' ? 16 : event.key === 'ArrowRight' ? -16 : 0;
    if (step !== 0) set(width + step);
  };
  return (
    <div
      className="split-handle"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the detail"
      aria-valuenow={width}
      aria-valuemin={limits[0]}
      aria-valuemax={limits[1]}
      tabIndex={0}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={() => (start.current = null)}
      onKeyDown={key}
      onDoubleClick={() => onChange(usual)}
    />
  );
}
