import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useEffect, useId, useMemo, useRef, type CSSProperties, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { isPlain, moveTo } from './list-keys.ts';

export interface Column<Row> {
  readonly id: string;
  /** Empty for the icon column; its `id` is then what a screen reader says. */
  readonly title: string;
  /** A grid track: `112px`, `minmax(80px, 1fr)`. */
  readonly width: string;
  readonly align?: 'right';
  /** The head becomes a button that calls `onSort`. */
  readonly sortable?: boolean;
  readonly render: (row: Row) => ReactNode;
  /** The whole text for hover, where the cell may end in an ellipsis. */
  readonly hint?: (row: Row) => string | undefined;
}

export interface Sort {
  readonly column: string;
  readonly direction: 'up' | 'down';
}

export interface DenseTableProps<Row> {
  /** Accessible name. */
  readonly label: string;
  /** Keep it constant (module level or useMemo): rows render again only when it or the row changes. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** 28 for reading, 32 where a row holds controls. */
  readonly rowHeight?: 28 | 32 | 37 | 56;
  /** Key of the row in focus. The caller holds it, usually as the address of the page. */
  readonly selected?: string | null;
  /** Moved to by arrows, J and K or a click; by Space too where there is no `onPeek`. */
  readonly onSelect?: (row: Row) => void;
  /** Space: the row in the detail panel. */
  readonly onPeek?: (row: Row) => void;
  /** Enter or double click. */
  readonly onOpen?: (row: Row) => void;
  /** X: mark for bulk or compare. */
  readonly onMark?: (row: Row) => void;
  readonly sort?: Sort;
  readonly onSort?: (column: string) => void;
  /** Consecutive rows of the same group key stand below one head. */
  readonly groupOf?: (row: Row) => string;
  readonly renderGroup?: (group: string) => ReactNode;
  /** The end is near: load more. Called at most once per number of rows. */
  readonly onEndNear?: () => void;
  /** More rows exist than are loaded: the count for assistive technology. */
  readonly total?: number;
  readonly ruled?: boolean;
  /** Takes the keys as soon as it stands. */
  readonly autoFocus?: boolean;
}

/** Height of the head, which stays while the rows scroll, in pixels. */
const HEAD = 28;

type Item<Row> = { readonly group: string } | { readonly row: Row };

export function DenseTable<Row>(props: DenseTableProps<Row>): ReactElement {
  const { columns, rows, keyOf, rowHeight = 28, selected = null, groupOf, onEndNear } = props;
  const grid = useRef<HTMLDivElement>(null);
  const verbs = useStableVerbs(props);
  const id = useId();
  const items = useMemo(() => itemsOf(rows, groupOf), [rows, groupOf]);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: HEAD,
    scrollPaddingStart: HEAD,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? -1;
  // A selected row that is filtered out or far away is not in the page, and nothing may point at it.
  const selectedStands = shown.some(({ index }) => {
    const item = items[index];
    return item !== undefined && 'row' in item && keyOf(item.row) === selected;
  });
  useEffect(() => {
    if (onEndNear !== undefined && items.length > 0 && lastShown >= items.length - 30) onEndNear();
  }, [onEndNear, lastShown, items.length]);
  useEffect(() => {
    if (props.autoFocus === true) grid.current?.focus({ preventScroll: true });
  }, [props.autoFocus]);

  const indexOf = (key: string | null): number => (key === null ? -1 : rows.findIndex((row) => keyOf(row) === key));
  const act = (event: KeyboardEvent): boolean => {
    const at = indexOf(selected);
    const row = rows[at];
    const next = moveTo(event.key, at, {
      count: rows.length,
      page: Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / rowHeight) - 1),
    });
    if (next !== null) {
      const target = rows[next];
      if (target === undefined || props.onSelect === undefined) return false;
      props.onSelect(target);
      virtual.scrollToIndex(items.findIndex((item) => 'row' in item && item.row === target));
      return true;
    }
    if (row === undefined) return false;
    if (event.key === 'Enter') return call(props.onOpen ?? props.onSelect, row);
    if (event.key === ' ') return call(props.onPeek ?? props.onSelect, row);
    return event.key === 'x' && call(props.onMark, row);
  };
  const style = { '--columns': columns.map((column) => column.width).join(' '), '--row-height': `${rowHeight}px` } as CSSProperties;
  return (
    <div
      ref={grid}
      className={`table${props.ruled === true ? ' ruled' : ''}`}
      style={style}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={props.total ?? rows.length}
      aria-activedescendant={selectedStands ? `${id}${selected ?? ''}` : undefined}
      onKeyDown={(event) => {
        if (event.target === grid.current && isPlain(event) && act(event)) event.preventDefault();
      }}
    >
      <Head columns={columns} sort={props.sort} onSort={props.onSort} />
      <div className="body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {shown.map((place) => {
          const item = items[place.index];
          if (item === undefined) return null;
          if ('group' in item)
            return <Group key={`group ${item.group}`} start={place.start - HEAD} content={props.renderGroup?.(item.group) ?? item.group} />;
          const key = keyOf(item.row);
          return (
            <Line
              key={key}
              id={`${id}${key}`}
              row={item.row}
              columns={columns as readonly Column<unknown>[]}
              start={place.start - HEAD}
              selected={key === selected}
              onSelect={verbs.select}
              onOpen={verbs.open}
            />
          );
        })}
      </div>
    </div>
  );
}

interface StableVerbs {
  readonly select: (row: unknown) => void;
  readonly open: (row: unknown) => void;
}

/** The same functions for the life of the table, whatever the caller passes: a new closure must not render every row again. */
function useStableVerbs<Row>(props: DenseTableProps<Row>): StableVerbs {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  return useMemo(
    () => ({
      select: (row) => (latest.current.onSelect ?? latest.current.onOpen)?.(row as Row),
      open: (row) => latest.current.onOpen?.(row as Row),
    }),
    [],
  );
}

function call<Row>(verb: ((row: Row) => void) | undefined, row: Row): boolean {
  verb?.(row);
  return verb !== undefined;
}

function itemsOf<Row>(rows: readonly Row[], groupOf: ((row: Row) => string) | undefined): readonly Item<Row>[] {
  if (groupOf === undefined) return rows.map((row) => ({ row }));
  const items: Item<Row>[] = [];
  let before: string | null = null;
  for (const row of rows) {
    const group = groupOf(row);
    if (group !== before) items.push({ group });
    before = group;
    items.push({ row });
  }
  return items;
}

interface HeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort | undefined;
  readonly onSort: ((column: string) => void) | undefined;
}

export function Head<Row>({ columns, sort, onSort }: HeadProps<Row>): ReactElement {
  return (
    <div className="head line" role="row">
      {columns.map((column) => (
        <div key={column.id} role="columnheader" className={column.align ?? ''} aria-sort={sortWord(column.id, sort)}>
          {column.sortable === true ? (
            <button type="button" onClick={() => onSort?.(column.id)}>
              {column.title}
              <SortMark column={column.id} sort={sort} />
            </button>
          ) : column.title === '' ? (
            <span className="visually-hidden">{column.id}</span>
          ) : (
            <>
              {column.title} <SortMark column={column.id} sort={sort} />
            </>
          )}
        </div>
      ))}
    </div>
  );
}

function SortMark({ column, sort }: { readonly column: string; readonly sort: Sort | undefined }): ReactElement | null {
  if (sort?.column !== column) return null;
  return sort.direction === 'down' ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />;
}

function sortWord(column: string, sort: Sort | undefined): 'ascending' | 'descending' | undefined {
  if (sort?.column !== column) return undefined;
  return sort.direction === 'up' ? 'ascending' : 'descending';
}

function Group({ start, content }: { readonly start: number; readonly content: ReactNode }): ReactElement {
  return (
    <div className="group" role="row" style={{ transform: `translateY(${start}px)` }}>
      <span role="gridcell" className="row">
        {content}
      </span>
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly row: unknown;
  readonly columns: readonly Column<unknown>[];
  readonly start: number;
  readonly selected: boolean;
  readonly onSelect: (row: unknown) => void;
  readonly onOpen: (row: unknown) => void;
}

const Line = memo(function Line({ id, row, columns, start, selected, onSelect, onOpen }: LineProps): ReactElement {
  return (
    <div
      id={id}
      className={`line${selected ? ' selected' : ''}`}
      role="row"
      aria-selected={selected}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => onSelect(row)}
      onDoubleClick={() => onOpen(row)}
    >
      {columns.map((column) => (
        <div key={column.id} role="gridcell" className={`cell ${column.align ?? ''}`} title={column.hint?.(row)}>
          {column.render(row)}
        </div>
      ))}
    </div>
  );
});
