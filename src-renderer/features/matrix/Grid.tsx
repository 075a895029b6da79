import { Fragment, useEffect, useRef, type CSSProperties, type KeyboardEvent, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { Matrix, MatrixCellTime } from '../../../src-shared/model/matrix.ts';
import { addresses } from '../../kit/addresses.ts';
import { Cell } from './Cell.tsx';
import { cellAt, groupsOf, moveBy, type Place, type View } from './model/grid.ts';

interface Props {
  readonly matrix: Matrix;
  readonly times: readonly MatrixCellTime[];
  readonly view: View;
  readonly selected: Place | null;
  readonly onSelect: (row: number, column: number) => void;
}

/** Heads stay while the cells scroll; arrow keys move, Enter opens the run. */
export function Grid({ matrix, times, view, selected, onSelect }: Props): ReactElement {
  const [, go] = useLocation();
  const frame = useRef<HTMLDivElement>(null);
  const { rows, columns } = matrix;
  const key = selected === null ? '' : `${selected.row}.${selected.column}`;
  useEffect(() => {
    frame.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [key]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = selected ?? { row: 0, column: -1 };
    const next = moveBy(event.key, at, { rows: rows.length, columns: columns.length });
    const run = selected === null ? null : (cellAt(matrix, selected)?.run ?? null);
    if (next !== null) onSelect(next.row, Math.max(next.column, 0));
    else if (event.key === 'Enter' && run !== null) go(addresses.run(run.id));
    else return;
    event.preventDefault();
  };
  const pointsAt = (row: number, column: number): MatrixCellTime['points'] =>
    times.find((time) => time.row === row && time.column === column)?.points ?? [];
  const style = { '--matrix-columns': columns.length } as CSSProperties;
  return (
    <div ref={frame} className="matrix-grid grow" style={style} role="grid" aria-label={matrix.name} tabIndex={0} onKeyDown={onKeyDown}>
      <div role="row" className="matrix-row head">
        <span role="columnheader" className="matrix-name">
          Plan and condition
        </span>
        {columns.map(({ suts }, index) => (
          <span key={index} role="columnheader" className={`ellipsis${selected?.column === index ? ' here' : ''}`} title={suts.join(', ')}>
            {suts.length === 0 ? 'no SUT' : suts.join(', ')}
          </span>
        ))}
      </div>
      {groupsOf(rows).map((group) => (
        <Fragment key={group.rows[0]?.index}>
          <div role="row" className="matrix-group">
            <span role="gridcell" className="strong">
              {group.planName}
            </span>
          </div>
          {group.rows.map(({ row, index }) => (
            <div key={index} role="row" className="matrix-row">
              <span
                role="rowheader"
                className={`matrix-name strong ellipsis${selected?.row === index ? ' here' : ''}`}
                title={row.conditionName ?? undefined}
              >
                {row.conditionName ?? <span className="dim">no condition</span>}
              </span>
              {columns.map((_column, column) => (
                <Cell
                  key={column}
                  run={cellAt(matrix, { row: index, column })?.run}
                  points={pointsAt(index, column)}
                  view={view}
                  planned={cellAt(matrix, { row: index, column }) !== undefined}
                  selected={selected?.row === index && selected.column === column}
                  onSelect={() => onSelect(index, column)}
                  onOpen={(id) => go(addresses.run(id))}
                />
              ))}
            </div>
          ))}
        </Fragment>
      ))}
    </div>
  );
}
