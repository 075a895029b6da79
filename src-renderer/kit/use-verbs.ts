import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useHotkeys } from './use-hotkeys.ts';
import { verbs, type Verb } from './verbs.ts';

/**
 * Verbs of this page or panel while it is mounted: the palette lists them first, under `title` ("On dl380-07"), and those with
 * keys are hotkeys. The list may be new at each render; only what a person sees of it is compared.
 */
export function useVerbs(title: string, list: readonly Verb[]): void {
  const [, go] = useLocation();
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  const perform = (id: string): void => {
    const verb = latest.current.find((candidate) => candidate.id === id);
    if (verb?.href !== undefined) go(verb.href);
    else verb?.run?.();
  };
  const shape = list.map(({ id, label, hint, keys }) => `${id}\t${label}\t${hint ?? ''}\t${keys ?? ''}`).join('\n');
  useEffect(() => {
    if (shape === '') return;
    const run = (id: string) => () => latest.current.find((candidate) => candidate.id === id)?.run?.();
    return verbs.add(
      title,
      latest.current.map((verb) => (verb.href === undefined ? { ...verb, run: run(verb.id) } : verb)),
    );
  }, [title, shape]);
  useHotkeys(list.flatMap(({ id, keys, label }) => (keys === undefined ? [] : [{ keys, label, run: () => perform(id) }])));
}
