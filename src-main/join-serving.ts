import { servingPart } from './api/serving.ts';
import type { Part } from './api/part.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { ServeRequest, Served } from './services/provisioning/provisioning-services.ts';
import { createServing } from './services/serving/serving.ts';
import type { SettingsService } from './services/settings/settings.ts';
import { findSut } from './store/suts.ts';
import type { ReadableStore } from './store/handle.ts';

interface Joined {
  store: ReadableStore;
  changes: Changes;
  clock: Clock;
  settings: SettingsService;
}

/** Files that BMCs and machines fetch from this computer. */
export function joinServing({ store, changes, clock, settings }: Joined): {
  serve: (request: ServeRequest) => Promise<Served>;
  part: Part<'serving'>;
  close: () => Promise<void>;
} {
  const chosen = () => {
    const { servingAddress, servingPort } = settings.read();
    return { address: servingAddress, port: servingPort };
  };
  const serving = createServing({ changes, clock, settings: chosen });
  return {
    serve: (request) => serving.grant({ ...request, machine: addressesOf(store, request.sut.id) }),
    part: servingPart({ serving, changes }),
    close: () => serving.close(),
  };
}

/** Who puts media in comes first: it is the one that fetches. */
function addressesOf(store: ReadableStore, sutId: string): string[] {
  const endpoints = findSut(store, sutId)?.endpoints ?? [];
  const fetching = endpoints.filter(({ provider }) => provider === 'redfish');
  return [...new Set([...fetching, ...endpoints].map(({ address }) => hostOf(address)))].filter((address) => address !== '');
}

/** Redfish services are known by their origin, `https://192.0.2.10`; routes are asked for hosts. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname.replaceAll(/^\[|\]$/gu, '') : address;
}
