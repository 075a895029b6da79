import { hubPart } from './api/hub.ts';
import type { Part } from './api/part.ts';
import { createHub, type Hub } from './services/hub/create-hub.ts';
import type { HubServices } from './services/hub/hub-services.ts';
import { machineMark } from './services/hub/machine-mark.ts';

type Joined = Omit<HubServices, 'machineMark' | 'wire'> & { storeFile: string };

/** The hub, and the wire to it: loaded when it is needed first, because most homes are enrolled nowhere. */
export function joinHub({ storeFile, ...services }: Joined): { hub: Hub; part: Part<'hub'>; start: () => void; close: () => void } {
  const hub = createHub({
    ...services,
    machineMark: machineMark(storeFile),
    wire: async () => {
      const [{ openHubSocket }, { postJson }, transfer] = await Promise.all([
        import('./hub-link/open-socket.ts'),
        import('./hub-link/post-json.ts'),
        import('./hub-link/transfer.ts'),
      ]);
      const { fetchFile, sendFile, sendJson } = transfer;
      return { openSocket: openHubSocket, postJson, fetchFile, sendFile, sendJson };
    },
  });
  return { hub, part: hubPart(services.changes, hub), start: () => hub.start(), close: () => hub.close() };
}
