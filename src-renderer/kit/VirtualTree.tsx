import { ChevronRight } from 'lucide-react';
import {
  memo,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from 'react';
import { isPlain, moveTo } from './list-keys.ts';
import { useFixedRows } from './use-fixed-rows.ts';

/** One visible row. The caller flattens the open branches; what is closed is not here. */
export interface TreeNode {
  readonly key: string;
  readonly depth: number;
  /** Null: it has nothing below. */
  readonly open: boolean | null;
}

interface Props<Node extends TreeNode> {
  readonly label: string;
  readonly nodes: readonly Node[];
  readonly selected: string | null;
  readonly onSelect: (node: Node) => void;
  readonly onToggle: (node: Node, open: boolean) => void;
  /** Enter or double click; without it both open and close the branch. */
  readonly onOpen?: (node: Node) => void;
  /** After guides and twist: icon, kind, name (`.name`), arguments (`.arguments`), duration (`.duration`). */
  readonly render: (node: Node) => ReactNode;
  /** Brought into view whenever it changes: first failure, or the running keyword while following. */
  readonly reveal?: string | null;
  /** The person scrolled: following stops, and says so. */
  readonly onUserScroll?: () => void;
  readonly autoFocus?: boolean;
}

const ROW = 28;
/** Rows around one that is revealed: what it belongs to and what comes next. */
const CONTEXT = 4;

/** What a row can ask for. */
interface Acts<Node extends TreeNode> {
  readonly select: (node: Node) => void;
  readonly open: (node: Node) => void;
  readonly toggle: (node: Node, open: boolean) => void;
}

export function VirtualTree<Node extends TreeNode>(props: Props<Node>): ReactElement {
  const { nodes, selected, reveal = null, onUserScroll, render } = props;
  const id = useId();
  const { frame, from, to, onScroll, bring, rowsInView } = useFixedRows({ count: nodes.length, rowHeight: ROW, overscan: 8 });
  const selectedStands = nodes.slice(from, to).some(({ key }) => key === selected);
  const [revealed, setRevealed] = useState<string | null>(null);
  // Only a new row to reveal moves the view, as soon as it stands in the tree; rows that arrive do not.
  const at = reveal === null || reveal === revealed ? -1 : indexOf(nodes, reveal);
  if (at >= 0) {
    setRevealed(reveal);
    bring(at, CONTEXT);
  }
  useEffect(() => {
    if (props.autoFocus === true) frame.current?.focus({ preventScroll: true });
  }, [frame, props.autoFocus]);

  const select = (index: number): void => {
    const node = nodes[index];
    if (node === undefined) return;
    props.onSelect(node);
    bring(index);
  };
  const act = (event: KeyboardEvent): boolean => {
    const selectedAt = nodes.findIndex((node) => node.key === selected);
    const next = moveTo(event.key, selectedAt, { count: nodes.length, page: Math.max(1, rowsInView() - 1) });
    if (next !== null) {
      select(next);
      return true;
    }
    const node = nodes[selectedAt];
    return node !== undefined && actOn(event.key, node, selectedAt);
  };
  const actOn = (key: string, node: Node, index: number): boolean => {
    if (key === 'ArrowRight') {
      if (node.open === false) props.onToggle(node, true);
      else if (node.open === true) select(index + 1);
      return true;
    }
    if (key === 'ArrowLeft') {
      if (node.open === true) props.onToggle(node, false);
      else select(parentIndex(nodes, index));
      return true;
    }
    if (key !== 'Enter') return false;
    open(node);
    return true;
  };
  const open = (node: Node): void => {
    if (props.onOpen !== undefined) props.onOpen(node);
    else if (node.open !== null) props.onToggle(node, !node.open);
  };
  const latest: Acts<Node> = { select: props.onSelect, open, toggle: props.onToggle };
  const acts = useRef(latest);
  useLayoutEffect(() => {
    acts.current = latest;
  });
  return (
    <div
      ref={frame}
      className="tree"
      role="tree"
      tabIndex={0}
      aria-label={props.label}
      aria-activedescendant={selectedStands ? `${id}${selected ?? ''}` : undefined}
      onScroll={onScroll}
      onWheel={onUserScroll}
      onPointerDown={(event) => {
        if (event.target === frame.current) onUserScroll?.();
      }}
      onKeyDown={(event) => {
        if (event.target === frame.current && isPlain(event) && act(event)) event.preventDefault();
      }}
    >
      <div style={{ height: nodes.length * ROW }} />
      {nodes.slice(from, to).map((node, index) => (
        <Row
          key={node.key}
          id={`${id}${node.key}`}
          node={node}
          at={from + index}
          selected={node.key === selected}
          act={acts}
          render={render}
        />
      ))}
    </div>
  );
}

interface RowProps<Node extends TreeNode> {
  readonly id: string;
  readonly node: Node;
  readonly at: number;
  readonly selected: boolean;
  readonly act: RefObject<Acts<Node>>;
  readonly render: (node: Node) => ReactNode;
}

function PlainRow<Node extends TreeNode>({ id, node, at, selected, act, render }: RowProps<Node>): ReactElement {
  return (
    <div
      id={id}
      className={`node${selected ? ' selected' : ''}`}
      role="treeitem"
      aria-level={node.depth + 1}
      aria-expanded={node.open ?? undefined}
      aria-selected={selected}
      style={{ transform: `translateY(${at * ROW}px)` }}
      onClick={() => act.current.select(node)}
      onDoubleClick={() => act.current.open(node)}
    >
      {Array.from({ length: node.depth }, (_, level) => (
        <span key={level} className="guide" aria-hidden />
      ))}
      <Twist node={node} onToggle={(value) => act.current.toggle(node, value)} />
      {render(node)}
    </div>
  );
}

/** Where a caller keeps its nodes and its `render`, rows that did not change are not made again however often others arrive. */
const Row = memo(PlainRow) as typeof PlainRow;

function Twist({ node, onToggle }: { readonly node: TreeNode; readonly onToggle: (open: boolean) => void }): ReactElement {
  if (node.open === null) return <span className="twist" aria-hidden />;
  return (
    <span
      className={`twist${node.open ? ' open' : ''}`}
      aria-hidden
      onClick={(event) => {
        event.stopPropagation();
        onToggle(node.open === false);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <ChevronRight />
    </span>
  );
}

/** From the end: what is revealed while a run goes on is near it. */
function indexOf(nodes: readonly TreeNode[], key: string): number {
  return nodes.findLastIndex((node) => node.key === key);
}

function parentIndex(nodes: readonly TreeNode[], at: number): number {
  const depth = nodes[at]?.depth ?? 0;
  for (let index = at - 1; index >= 0; index -= 1) {
    if ((nodes[index]?.depth ?? 0) < depth) return index;
  }
  return at;
}
