import { useId, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactElement } from 'react';
import { Head, type Column } from './DenseTable.tsx';
import { isPlain, moveTo } from './list-keys.ts';

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** A click, or Enter on the row in focus. */
  readonly onOpen: (row: Row) => void;
  /** Key of the row that is open beside the list. */
  readonly opened?: string | null;
}

const PAGE = 10;

/** A short list that scrolls with its page, for a few dozen rows; long ones take `DenseTable`. Same keys: J, K, arrows, Enter. */
export function PlainTable<Row>({ label, columns, rows, keyOf, onOpen, opened = null }: Props<Row>): ReactElement {
  const grid = useRef<HTMLDivElement>(null);
  const id = useId();
  const [selected, setSelected] = useState<string | null>(null);
  const at = rows.findIndex((row) => keyOf(row) === selected);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== grid.current || !isPlain(event)) return;
    const next = rows[moveTo(event.key, at, { count: rows.length, page: PAGE }) ?? -1];
    const current = rows[at];
    if (next !== undefined) {
      setSelected(keyOf(next));
      document.getElementById(id + keyOf(next))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && current !== undefined) onOpen(current);
    else return;
    event.preventDefault();
  };
  const style = { '--columns': columns.map((column) => column.width).join(' '), '--row-height': '28px' } as CSSProperties;
  return (
    <div
      ref={grid}
      className="table plain ruled"
      style={style}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={at < 0 ? undefined : `${id}${selected ?? ''}`}
      onKeyDown={onKeyDown}
    >
      <Head columns={columns} sort={undefined} onSort={undefined} />
      <div className="body" role="rowgroup">
        {rows.map((row) => {
          const key = keyOf(row);
          return (
            <div
              key={key}
              id={id + key}
              className={`line${key === selected || (selected === null && key === opened) ? ' selected' : ''}`}
              role="row"
              aria-selected={key === selected}
              onClick={() => onOpen(row)}
            >
              {columns.map((column) => (
                <div key={column.id} role="gridcell" className={`cell ${column.align ?? ''}`} title={column.hint?.(row)}>
                  {column.render(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
