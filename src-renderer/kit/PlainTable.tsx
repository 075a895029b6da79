import type { CSSProperties, ReactElement } from 'react';
import { Head, type Column } from './DenseTable.tsx';

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
}

/** A short list that scrolls with its page, for a few dozen rows; long ones take `DenseTable`. */
export function PlainTable<Row>({ label, columns, rows, keyOf, onOpen }: Props<Row>): ReactElement {
  const style = { '--columns': columns.map((column) => column.width).join(' '), '--row-height': '28px' } as CSSProperties;
  return (
    <div className="table plain ruled" style={style} role="table" aria-label={label}>
      <Head columns={columns} sort={undefined} onSort={undefined} />
      <div className="body" role="rowgroup">
        {rows.map((row) => (
          <div key={keyOf(row)} className="line" role="row" onClick={onOpen === undefined ? undefined : () => onOpen(row)}>
            {columns.map((column) => (
              <div key={column.id} role="cell" className={`cell ${column.align ?? ''}`} title={column.hint?.(row)}>
                {column.render(row)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
