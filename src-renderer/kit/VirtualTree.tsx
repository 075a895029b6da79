import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { useEffect, useId, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { isPlain, moveTo } from './list-keys.ts';

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

export function VirtualTree<Node extends TreeNode>(props: Props<Node>): ReactElement {
  const { nodes, selected, reveal = null, onUserScroll } = props;
  const frame = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtual = useVirtualizer({ count: nodes.length, getScrollElement: () => frame.current, estimateSize: () => ROW, overscan: 16 });
  useEffect(() => {
    if (reveal === null) return;
    const at = nodes.findIndex((node) => node.key === reveal);
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
    // Only a new row to reveal moves the view; rows that arrive do not.
  }, [reveal, nodes, virtual]);
  useEffect(() => {
    if (props.autoFocus === true) frame.current?.focus({ preventScroll: true });
  }, [props.autoFocus]);

  const select = (index: number): void => {
    const node = nodes[index];
    if (node === undefined) return;
    props.onSelect(node);
    virtual.scrollToIndex(index);
  };
  const act = (event: KeyboardEvent): boolean => {
    const at = nodes.findIndex((node) => node.key === selected);
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / ROW) - 1);
    const next = moveTo(event.key, at, { count: nodes.length, page });
    if (next !== null) {
      select(next);
      return true;
    }
    const node = nodes[at];
    return node !== undefined && actOn(event.key, node, at);
  };
  const actOn = (key: string, node: Node, at: number): boolean => {
    if (key === 'ArrowRight') {
      if (node.open === false) props.onToggle(node, true);
      else if (node.open === true) select(at + 1);
      return true;
    }
    if (key === 'ArrowLeft') {
      if (node.open === true) props.onToggle(node, false);
      else select(parentIndex(nodes, at));
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
  return (
    <div
      ref={frame}
      className="tree"
      role="tree"
      tabIndex={0}
      aria-label={props.label}
      aria-activedescendant={selected === null ? undefined : `${id}${selected}`}
      onWheel={onUserScroll}
      onPointerDown={(event) => {
        if (event.target === frame.current) onUserScroll?.();
      }}
      onKeyDown={(event) => {
        if (event.target === frame.current && isPlain(event) && act(event)) event.preventDefault();
      }}
    >
      <div style={{ height: virtual.getTotalSize() }} />
      {virtual.getVirtualItems().map((place) => {
        const node = nodes[place.index];
        if (node === undefined) return null;
        return (
          <div
            key={node.key}
            id={`${id}${node.key}`}
            className={`node${node.key === selected ? ' selected' : ''}`}
            role="treeitem"
            aria-level={node.depth + 1}
            aria-expanded={node.open ?? undefined}
            aria-selected={node.key === selected}
            style={{ transform: `translateY(${place.start}px)` }}
            onClick={() => props.onSelect(node)}
            onDoubleClick={() => open(node)}
          >
            {Array.from({ length: node.depth }, (_, level) => (
              <span key={level} className="guide" aria-hidden />
            ))}
            <Twist node={node} onToggle={(value) => props.onToggle(node, value)} />
            {props.render(node)}
          </div>
        );
      })}
    </div>
  );
}

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

function parentIndex(nodes: readonly TreeNode[], at: number): number {
  const depth = nodes[at]?.depth ?? 0;
  for (let index = at - 1; index >= 0; index -= 1) {
    if ((nodes[index]?.depth ?? 0) < depth) return index;
  }
  return at;
}
