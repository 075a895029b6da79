import { LogOut } from 'lucide-react';
import { Suspense, useState, type ReactElement } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import type { HubInfo } from '../../src-shared/contract/hub/system.ts';
import { hub } from '../bridge/hub-client.ts';
import { useFeed } from '../bridge/use-feed.ts';
import { addresses } from '../kit/addresses.ts';
import { Button } from '../kit/Button.tsx';
import { HealthIcon } from '../kit/HealthIcon.tsx';
import { EmptyState, LoadingShape } from '../kit/States.tsx';
import { useHotkeys, useKeyListener } from '../kit/use-hotkeys.ts';
import { KeySheet } from '../shell/KeySheet.tsx';
import { Mark } from '../shell/Mark.tsx';
import { PageBoundary } from '../shell/PageBoundary.tsx';
import { useLink } from '../state/link.ts';
import { HubInfoContext } from './hub-info.ts';
import { HubBell } from './HubBell.tsx';
import { tellNews } from './use-fresh.ts';
import { hubPlaces, type HubPlace } from './places.ts';

export function HubFrame({ info }: { readonly info: HubInfo }): ReactElement {
  const places = hubPlaces.filter(({ only }) => only === undefined || only === info.me.role);
  return (
    <HubInfoContext value={info}>
      <News />
      <Keys places={places} />
      <div className="frame">
        <HubTitle info={info} />
        <nav className="rail" aria-label="Pages">
          <ul>
            {places.map((place) => (
              <li key={place.path}>
                <Place place={place} />
              </li>
            ))}
          </ul>
        </nav>
        <main className="sheet">
          <HubPages places={places} />
        </main>
        <footer className="status-bar">
          <HubLink />
          <span className="grow" />
          <span className="optional">ATN hub {info.appVersion}</span>
        </footer>
      </div>
    </HubInfoContext>
  );
}

/** The keys that work on every page, and the sheet that tells all of them. */
function Keys({ places }: { readonly places: readonly HubPlace[] }): ReactElement | null {
  const [, go] = useLocation();
  const [sheet, setSheet] = useState(false);
  useKeyListener();
  useHotkeys([
    ...places.map(({ letter, label, path }) => ({ keys: `g ${letter}`, label: `Go to ${label}`, run: () => go(path) })),
    { keys: 'f1', label: 'Guide', run: () => go(addresses.help) },
    { keys: '?', label: 'Keys of this page', run: () => setSheet(true) },
  ]);
  return sheet ? <KeySheet onClose={() => setSheet(false)} /> : null;
}

/** Hears what is new for as long as the hub is looked at. */
function News(): null {
  useFeed<{ seq: number }>({ open: (signal) => hub.news.watch(undefined, { signal }), apply: tellNews }, []);
  return null;
}

function HubTitle({ info }: { readonly info: HubInfo }): ReactElement {
  const leave = (): void => {
    void hub.sessions.signOut().finally(() => window.location.replace('/'));
  };
  return (
    <header className="title-bar">
      <Link href="/" className="home" aria-label="ATN hub, go to Today">
        <Mark />
        <span>ATN</span>
        <span className="harness ellipsis">{info.name}</span>
      </Link>
      <span className="grow" />
      <div className="row tight tools">
        <span>
          {info.me.name} <span className="dim">{info.me.role}</span>
        </span>
        <HubBell />
        <Button variant="quiet" small icon={<LogOut />} label="Sign out" onClick={leave} />
      </div>
    </header>
  );
}

function Place({ place: { path, label, icon: Icon } }: { readonly place: HubPlace }): ReactElement {
  const [location] = useLocation();
  const here = path === '/' ? location === '/' : location.startsWith(path);
  return (
    <Link href={path} className={here ? 'here' : ''} aria-current={here ? 'page' : undefined}>
      <Icon />
      <span className="label">{label}</span>
    </Link>
  );
}

function HubPages({ places }: { readonly places: readonly HubPlace[] }): ReactElement {
  const [location] = useLocation();
  return (
    <PageBoundary key={location.split('/')[1] ?? ''}>
      <Suspense fallback={<LoadingShape />}>
        <Switch>
          {places
            .flatMap((place) => [place, ...(place.below ?? [])])
            .map(({ path, page }) => (
              <Route key={path} path={path} component={page} />
            ))}
          <Route>
            <EmptyState title="Nothing is at this address" why={location} />
          </Route>
        </Switch>
      </Suspense>
    </PageBoundary>
  );
}

function HubLink(): ReactElement {
  const up = useLink((state) => state.link.status === 'online');
  return (
    <span className="row tight">
      <HealthIcon health={up ? 'reachable' : 'unreachable'} decorative />
      {up ? 'Live' : 'The hub does not answer; trying again'}
    </span>
  );
}
