import { create } from 'zustand';
import type { Settings, SystemInfo, SystemStatus } from '../../src-shared/model/system.ts';
import { client } from '../bridge/client.ts';
import { startFeed } from '../bridge/feed.ts';
import { pageClock } from '../bridge/use-feed.ts';

interface SystemState {
  readonly info: SystemInfo | null;
  readonly status: SystemStatus | null;
  readonly settings: Settings | null;
}

/** Who and where the harness is, how it stands, how it is set. */
export const useSystem = create<SystemState>(() => ({ info: null, status: null, settings: null }));

/** Every time the status feed opens, the link is new: then the rest is asked too. */
export function startSystemFeed(): () => void {
  const open = async (signal: AbortSignal): Promise<AsyncIterable<SystemStatus>> => {
    const stream = await client.system.watchStatus(undefined, { signal });
    await refreshSystem();
    return stream;
  };
  const apply = (items: readonly SystemStatus[]): void => useSystem.setState({ status: items.at(-1) ?? null });
  return startFeed({ open, apply }, pageClock);
}

export async function refreshSystem(): Promise<void> {
  const [info, settings] = await Promise.all([client.system.info(), client.system.settings()]);
  useSystem.setState({ info, settings });
}

export async function changeSettings(change: Partial<Settings>): Promise<Settings> {
  const settings = await client.system.updateSettings(change);
  useSystem.setState({ settings });
  if (change.harnessName !== undefined) await refreshSystem();
  return settings;
}

/** The reader's own name, to say "you". */
export function useMe(): string | null {
  return useSystem((state) => state.info?.user ?? null);
}
