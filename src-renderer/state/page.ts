import { useEffect } from 'react';
import { create } from 'zustand';

export interface Crumb {
  readonly label: string;
  /** Absent on the last one: that is here. */
  readonly href?: string;
}

/** What the title bar says about the page that is open. */
export const usePage = create<{ readonly crumbs: readonly Crumb[] }>(() => ({ crumbs: [] }));

/** The path to this page in words; the last is its title, also of the window. */
export function useCrumbs(crumbs: readonly Crumb[]): void {
  const text = JSON.stringify(crumbs);
  useEffect(() => {
    const list = JSON.parse(text) as Crumb[];
    usePage.setState({ crumbs: list });
    document.title = [...list.map((crumb) => crumb.label).toReversed(), 'ATN Workbench'].join(' · ');
  }, [text]);
}
