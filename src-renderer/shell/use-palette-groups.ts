import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Feature } from '../kit/feature.ts';
import { verbs } from '../kit/verbs.ts';
import { fitting, found, placesAsVerbs, sourcesFor, type EntryGroup, type Scope } from './palette-items.ts';

/** Sources are asked once the typing pauses this long, in milliseconds. */
const QUIET = 120;

/** Everything that fits the text: verbs of this page first, then verbs of the app, places, and what the sources find. */
export function usePaletteGroups(features: readonly Feature[], scope: Scope, text: string): readonly EntryGroup[] {
  const here = useSyncExternalStore(verbs.subscribe, verbs.list);
  const objects = useFound(features, scope, text);
  const groups: EntryGroup[] = [];
  if (scope === 'all' || scope === 'verbs') {
    for (const set of here) groups.push({ title: set.title, entries: fitting(text, set.verbs) });
    groups.push({
      title: 'Do',
      entries: fitting(
        text,
        features.flatMap((feature) => feature.verbs ?? []),
        scope === 'verbs' ? 40 : 8,
      ),
    });
  }
  if (scope === 'all') groups.push({ title: 'Go to', entries: fitting(text, placesAsVerbs(features)) });
  return [...groups, ...objects].filter((group) => group.entries.length > 0);
}

function useFound(features: readonly Feature[], scope: Scope, text: string): readonly EntryGroup[] {
  const [answers, setAnswers] = useState<readonly EntryGroup[]>([]);
  useEffect(() => {
    const leave = new AbortController();
    const sources = scope === 'verbs' ? [] : sourcesFor(features, scope);
    const ask = async (): Promise<void> => {
      const asked = await Promise.all(
        sources.map(async (source) => {
          try {
            return { title: source.title, entries: found(text, await source.find(text, leave.signal)) };
          } catch {
            return { title: source.title, entries: [] };
          }
        }),
      );
      if (!leave.signal.aborted) setAnswers(asked);
    };
    const timer = setTimeout(() => void ask(), text === '' ? 0 : QUIET);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [features, scope, text]);
  return answers;
}
