import { create } from 'zustand';
import { keeper } from '../bridge/client.ts';
import type { LinkState } from '../bridge/link-keeper.ts';

/** How the link to the harness stands; the status bar and stale pages read it. */
export const useLink = create<{ readonly link: LinkState }>(() => ({ link: keeper.state }));

keeper.subscribe((link) => useLink.setState({ link }));
