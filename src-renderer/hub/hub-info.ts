import { createContext, useContext } from 'react';
import type { HubInfo } from '../../src-shared/contract/hub/system.ts';

export const HubInfoContext = createContext<HubInfo | null>(null);

/** The hub and who is signed in; only pages inside the frame ask. */
export function useHubInfo(): HubInfo {
  const info = useContext(HubInfoContext);
  if (info === null) throw new Error('Nobody is signed in.');
  return info;
}
