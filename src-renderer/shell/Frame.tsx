import { useMediaQuery } from '@mantine/hooks';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { useHotkeys, useKeyListener } from '../kit/use-hotkeys.ts';
import { useRemembered } from '../kit/remembered.ts';
import type { Feature, RailPlace } from '../kit/feature.ts';
import { DropZone } from './DropZone.tsx';
import { ImportStrip } from './ImportStrip.tsx';
import { KeySheet } from './KeySheet.tsx';
import { LinkNotice } from './LinkNotice.tsx';
import { Pages } from './Pages.tsx';
import { Palette } from './Palette.tsx';
import { Rail } from './Rail.tsx';
import { useReservationNotices } from './reservation-notices.tsx';
import { useRunNotices } from './run-notices.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';

/** What floats over the page; one at a time. */
type Overlay = 'palette' | 'keys' | null;

export function Frame({ features }: { readonly features: readonly Feature[] }): ReactElement {
  const [, go] = useLocation();
  const [overlay, setOverlay] = useState<Overlay>(null);
  const [closed, toggleRail] = useRailClosed();
  const places = placesOf(features);
  useRunNotices();
  useReservationNotices();
  useKeyListener();
  useHotkeys([
    { keys: 'mod+k', label: 'Palette: go to, search or do', whileTyping: true, run: () => setOverlay('palette') },
    { keys: 'mod+b', label: 'Rail open or closed', whileTyping: true, run: toggleRail },
    { keys: '?', label: 'Keys of this page', run: () => setOverlay('keys') },
    ...places.map(({ letter, label, href }) => ({ keys: `g ${letter.toLowerCase()}`, label: `Go to ${label}`, run: () => go(href) })),
  ]);
  useGlobalVerbKeys(features);
  const close = (): void => setOverlay(null);
  return (
    <div className={`frame${closed ? ' closed' : ''}`}>
      <TitleBar railClosed={closed} onToggleRail={toggleRail} onPalette={() => setOverlay('palette')} />
      <Rail places={places} closed={closed} />
      <main className="sheet">
        <LinkNotice />
        <Pages features={features} />
        <ImportStrip />
      </main>
      <StatusBar />
      <DropZone />
      {overlay === 'palette' ? <Palette features={features} onClose={close} /> : null}
      {overlay === 'keys' ? <KeySheet onClose={close} /> : null}
    </div>
  );
}

function placesOf(features: readonly Feature[]): readonly RailPlace[] {
  return features.flatMap((feature) => feature.rail ?? []).toSorted((a, b) => a.group - b.group || a.order - b.order);
}

/** Under 1280 pixels the rail closes by itself; whoever opens it there has it open until the window changes. */
function useRailClosed(): readonly [boolean, () => void] {
  const narrow = useMediaQuery('(max-width: 1279px)', window.innerWidth < 1280, { getInitialValueInEffect: false });
  const [closedWide, setClosedWide] = useRemembered('rail.closed', false);
  const [openNarrow, setOpenNarrow] = useState(false);
  const closed = narrow ? !openNarrow : closedWide;
  const toggle = (): void => (narrow ? setOpenNarrow(!openNarrow) : setClosedWide(!closedWide));
  return [closed, toggle];
}

/** Verbs of features work on every page, so their keys do too; a page's own keys win. */
function useGlobalVerbKeys(features: readonly Feature[]): void {
  const [, go] = useLocation();
  useHotkeys(
    features
      .flatMap((feature) => feature.verbs ?? [])
      .flatMap(({ keys, label, href, run }) => {
        if (keys === undefined) return [];
        return [{ keys, label, run: () => (href === undefined ? run?.() : go(href)) }];
      }),
  );
}
