import { inviteFirst } from '../people/invitations.ts';
import { openStore } from '../store/open-store.ts';
import { joinLink, placeOf } from './compose.ts';
import type { HubConfig } from './config.ts';

/** For the day on which no administrator can sign in: whoever may read the home may become one. */
export async function makeAdminLink(config: HubConfig): Promise<string> {
  const store = await openStore(placeOf(config));
  try {
    const secret = await inviteFirst({ store, now: Date.now, ended: () => undefined, barred: () => Promise.resolve() });
    return joinLink(config.publicUrl ?? `http://${config.host}:${config.port}`, secret);
  } finally {
    await store.destroy();
  }
}
