import { FolderTree, Server } from 'lucide-react';
import type { RunSummary } from '../../src-shared/model/run.ts';
import { formatAmount, formatCount } from '../../src-shared/text/quantities.ts';
import { STATE_WORDS } from '../../src-shared/text/words.ts';
import { client } from '../bridge/client.ts';
import { addresses } from '../kit/addresses.ts';
import { formatWhen } from '../kit/format.ts';
import { markOfRun } from '../kit/marks.ts';
import type { Verb, VerbSource } from '../kit/verbs.ts';
import { VerdictIcon } from '../kit/VerdictIcon.tsx';
import { useRuns } from '../state/runs.ts';
import { useSuts } from '../state/suts.ts';
import { useTestData } from '../state/test-data.ts';
import { fitting } from './palette-items.ts';

const MOST = 8;

/** Machines and test data are few and known; they are found without asking. */
const machines: VerbSource = {
  title: 'Machines',
  scope: 'machines',
  find: (text) => {
    const { order, byId } = useSuts.getState();
    const all = order.flatMap((id): Verb[] => {
      const sut = byId.get(id);
      if (sut === undefined) return [];
      const use = sut.inUse === null ? (sut.reservedBy === null ? 'free' : `held by ${sut.reservedBy}`) : `in use by ${sut.inUse.runName}`;
      return [
        { id: `sut ${id}`, label: sut.name, hint: use, words: sut.tags.join(' '), icon: <Server aria-hidden />, href: addresses.sut(id) },
      ];
    });
    return fitting(text, all, MOST).map(({ verb }) => verb);
  },
};

const testData: VerbSource = {
  title: 'Test data',
  scope: 'other',
  find: (text) => {
    const all = useTestData.getState().list.map(({ id, name, newest }): Verb => {
      const { counts } = newest;
      const hint = counts === null ? 'not read yet' : `${formatAmount(counts.cases, 'case')} in ${formatAmount(counts.suites, 'suite')}`;
      return { id: `test data ${id}`, label: name, hint, icon: <FolderTree aria-hidden />, href: addresses.oneTestData(id) };
    });
    return fitting(text, all, MOST).map(({ verb }) => verb);
  },
};

/** There may be thousands of runs: the harness searches. Without text, what is under way and then the newest. */
const runs: VerbSource = {
  title: 'Runs',
  scope: 'runs',
  find: async (text, signal) => {
    const { active, running } = useRuns.getState();
    const going = text === '' ? running.flatMap((id) => active.get(id) ?? []) : [];
    const { rows } = await client.runs.list({ ...(text === '' ? {} : { text }), limit: MOST }, { signal });
    const seen = new Set(going.map(({ id }) => id));
    return [...going, ...rows.map(({ run }) => run).filter(({ id }) => !seen.has(id))].slice(0, MOST).map(verbOfRun);
  },
};

function verbOfRun(run: RunSummary): Verb {
  const at = formatWhen(run.startedAt ?? run.createdAt, Date.now());
  const outcome =
    run.state === 'ended' ? `${formatCount(run.counts.passed)} of ${formatCount(run.total)} passed` : STATE_WORDS[run.state].toLowerCase();
  const hint = [run.suts.join(', '), run.condition ?? '', at, outcome].filter((part) => part !== '').join(', ');
  return { id: `run ${run.id}`, label: run.name, hint, icon: <VerdictIcon mark={markOfRun(run)} />, href: addresses.run(run.id) };
}

/** What the palette finds besides verbs and pages. */
export const objectSources: readonly VerbSource[] = [machines, testData, runs];
