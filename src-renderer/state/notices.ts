import { create } from 'zustand';
import type { RunSummary } from '../../src-shared/model/run.ts';

interface NoticesState {
  /** Runs that ended while this page was open; newest first, at most twenty. */
  readonly runs: readonly RunSummary[];
  readonly unseen: number;
}

const MOST = 20;

export const useNotices = create<NoticesState>(() => ({ runs: [], unseen: 0 }));

export function addNotices(ended: readonly RunSummary[]): void {
  useNotices.setState(({ runs, unseen }) => ({ runs: [...ended.toReversed(), ...runs].slice(0, MOST), unseen: unseen + ended.length }));
}

export function markNoticesSeen(): void {
  useNotices.setState({ unseen: 0 });
}
