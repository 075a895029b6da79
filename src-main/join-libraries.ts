import type { ContentStore } from '@atn/content-store';
import { environmentsPart } from './api/environments.ts';
import { librariesPart } from './api/libraries.ts';
import type { Parts } from './api/part.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Environments } from './services/environments/default-environment.ts';
import type { EnvironmentServices } from './services/environments/environment-services.ts';
import { findKeptUv } from './services/environments/kept-uv.ts';
import type { LibraryServices } from './services/libraries/library-services.ts';
import { locksInUse } from './services/libraries/locks-in-use.ts';
import type { SettingsService } from './services/settings/settings.ts';
import type { WritableStore } from './store/handle.ts';

interface Joined {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  content: ContentStore;
  scripts: string;
  resources: string;
  scratch: string;
  settings: SettingsService;
  environments: Environments;
  plans: LibraryServices['plans'];
}

/** Libraries and the environments that they are installed in. */
export function joinLibraries({ settings, resources, environments: defaults, plans, ...joined }: Joined): {
  environments: EnvironmentServices;
  libraries: LibraryServices;
  parts: Pick<Parts, 'libraries' | 'environments'>;
} {
  const environments: EnvironmentServices = {
    ...joined,
    settings: () => settings.read(),
    defaults,
    variables: process.env,
    uvElse: findKeptUv(resources),
    how: null,
    builds: new Map(),
    pythons: new Map(),
  };
  const libraries = { ...joined, environments, plans };
  const users = () => locksInUse(libraries);
  return { environments, libraries, parts: { libraries: librariesPart(libraries), environments: environmentsPart(environments, users) } };
}
