import type { Branch, CaseItem, FileItem, Item } from './suite-tree.ts';

/** Every word is found somewhere in a case (name, file, tags, documentation), and every tag is one of its tags. */
export interface Filter {
  readonly text: string;
  readonly tags: readonly string[];
}

export const isFiltering = ({ text, tags }: Filter): boolean => text.trim() !== '' || tags.length > 0;

/** Robot sees no difference in case, blanks and underscores between tags. */
export const normalTag = (tag: string): string => tag.toLowerCase().replaceAll(/[\s_]/gu, '');

export function caseFilter({ text, tags }: Filter): (one: CaseItem) => boolean {
  const words = wordsOf(text);
  const wanted = tags.map(normalTag);
  return (one) => {
    if (wanted.length > 0) {
      const own = new Set(one.tags.map(normalTag));
      if (!wanted.every((tag) => own.has(tag))) return false;
    }
    if (words.length === 0) return true;
    const hay = `${one.name}\n${one.path}\n${one.tags.join('\n')}\n${one.doc}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  };
}

/** Files that are no suites have only a path; tags leave none of them. */
export function fileFilter({ text, tags }: Filter): (file: FileItem) => boolean {
  const words = wordsOf(text);
  return ({ path }) => tags.length === 0 && words.every((word) => path.toLowerCase().includes(word));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
}

export interface TreeRow {
  readonly key: string;
  readonly depth: number;
  readonly open: boolean | null;
  readonly item: Item;
}

interface View {
  readonly isOpen: (branch: Branch) => boolean;
  /** Null: no filter, everything is shown. */
  readonly shownCases: ((branch: Branch) => number) | null;
  readonly showsCase: (one: CaseItem) => boolean;
  readonly showsFile: (file: FileItem) => boolean;
}

/** The rows on the screen: open branches with what the filter leaves of them. */
export function rowsOf(root: Branch, view: View): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (item: Item, depth: number): void => {
    if (!isShown(item, view)) return;
    const open = 'children' in item && item.children.length > 0 ? view.isOpen(item) : null;
    rows.push({ key: item.key, depth, open, item });
    if (open === true && 'children' in item) for (const child of item.children) visit(child, depth + 1);
  };
  visit(root, 0);
  return rows;
}

function isShown(item: Item, view: View): boolean {
  if (view.shownCases === null) return true;
  if (item.kind === 'case') return view.showsCase(item);
  if (item.kind === 'file') return view.showsFile(item);
  return view.shownCases(item) > 0 || (item.files > 0 && item.children.some((child) => child.kind !== 'case' && isShown(child, view)));
}
