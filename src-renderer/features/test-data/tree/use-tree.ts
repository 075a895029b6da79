import { useEffect, useMemo, useState } from 'react';
import { useChosen } from '../chosen-store.ts';
import { countIn, sumsOf, toggleCases, type Chosen } from '../model/chosen.ts';
import { caseFilter, fileFilter, isFiltering, rowsOf, type Filter, type TreeRow } from '../model/filter.ts';
import { ROOT, type CaseItem, type Item, type SuiteTree } from '../model/suite-tree.ts';
import type { Place } from '../use-place.ts';

export interface CaseCounts {
  readonly all: number;
  readonly chosen: number;
  /** Left by the filter; all without one. */
  readonly shown: number;
}

export interface TreeState {
  readonly rows: readonly TreeRow[];
  readonly filtering: boolean;
  readonly showsCase: (one: CaseItem) => boolean;
  readonly countsOf: (item: Pick<Item, 'from' | 'to'>) => CaseCounts;
  readonly chosen: Chosen;
  readonly setOpen: (row: TreeRow, open: boolean) => void;
  /** Ticks or unticks what is shown of it. */
  readonly toggle: (item: Pick<Item, 'from' | 'to'>) => void;
  readonly clear: () => void;
}

/** Rows, counts and ticks of the tree at this place of the address. */
export function useTree(tree: SuiteTree, testDataId: string, place: Place): TreeState {
  const [chosen, setChosen] = useChosen(testDataId);
  // Text and tags are new at each render; their JSON is the same as long as they say the same.
  const filterKey = JSON.stringify({ text: place.find.trim(), tags: place.tags });
  const filter = useMemo(() => {
    const wanted = JSON.parse(filterKey) as Filter;
    const showsCase = caseFilter(wanted);
    return { on: isFiltering(wanted), showsCase, showsFile: fileFilter(wanted), sums: sumsOf(tree.cases, showsCase) };
  }, [tree, filterKey]);
  const chosenSums = useMemo(() => sumsOf(tree.cases, ({ key }) => chosen.has(key)), [tree, chosen]);
  const searching = place.find.trim() !== '';
  const [opened, setOpen] = useOpened(tree, { at: place.at, filterKey, searching });
  const rows = useMemo(
    () =>
      rowsOf(tree.root, {
        isOpen: ({ key }) => opened.get(key) ?? (searching || key === ROOT),
        shownCases: filter.on ? (branch) => countIn(filter.sums, branch) : null,
        showsCase: filter.showsCase,
        showsFile: filter.showsFile,
      }),
    [tree, filter, opened, searching],
  );
  return {
    rows,
    filtering: filter.on,
    showsCase: filter.showsCase,
    chosen,
    countsOf: (item) => ({ all: item.to - item.from, chosen: countIn(chosenSums, item), shown: countIn(filter.sums, item) }),
    setOpen: ({ key }, open) => setOpen([key], open),
    toggle: (item) => setChosen(toggleCases(chosen, tree.cases.slice(item.from, item.to).filter(filter.showsCase))),
    clear: () => setChosen(new Set()),
  };
}

interface Where {
  readonly at: string | null;
  readonly filterKey: string;
  readonly searching: boolean;
}

type Opened = ReadonlyMap<string, boolean>;

/** What was opened or closed by hand, and the way to the selected. A search opens all it finds; what is turned then is forgotten with it. */
function useOpened(
  tree: SuiteTree,
  { at, filterKey, searching }: Where,
): readonly [Opened, (keys: readonly string[], open: boolean) => void] {
  const [usual, setUsual] = useState<Opened>(new Map());
  const [filtered, setFiltered] = useState<{ readonly filterKey: string; readonly opened: Opened }>({ filterKey, opened: new Map() });
  const under = filtered.filterKey === filterKey ? filtered.opened : new Map<string, boolean>();
  const set = (keys: readonly string[], open: boolean): void => {
    const entries = keys.map((key) => [key, open] as const);
    if (searching) setFiltered({ filterKey, opened: new Map([...under, ...entries]) });
    else setUsual((before) => new Map([...before, ...entries]));
  };
  useEffect(() => {
    const way = at === null ? [] : (tree.above.get(at) ?? []);
    if (way.length > 0) setUsual((before) => new Map([...before, ...way.map((key) => [key, true] as const)]));
  }, [tree, at]);
  return [searching ? under : usual, set];
}
