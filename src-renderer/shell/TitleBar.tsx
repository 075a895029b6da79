import { Check, ChevronLeft, ChevronRight, Link2, PanelLeftClose, PanelLeftOpen, Search, SunMoon, Sun, Moon } from 'lucide-react';
import { Fragment, useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { face } from '../bridge/client.ts';
import { addresses } from '../kit/addresses.ts';
import { Button } from '../kit/Button.tsx';
import { Kbd } from '../kit/Kbd.tsx';
import { usePage } from '../state/page.ts';
import { useSystem } from '../state/system.ts';
import { useColourScheme } from './colour-scheme.ts';
import { Mark } from './Mark.tsx';
import { NoticeBell } from './NoticeBell.tsx';
import { WindowControls } from './WindowControls.tsx';

interface Props {
  readonly railClosed: boolean;
  readonly onToggleRail: () => void;
  readonly onPalette: () => void;
}

export function TitleBar({ railClosed, onToggleRail, onPalette }: Props): ReactElement {
  const harness = useSystem((state) => state.info?.harnessName ?? '');
  const isMac = useSystem((state) => state.info?.platform === 'darwin') && face === 'desktop';
  return (
    <header className={`title-bar${isMac ? ' mac' : ''}`}>
      <Link href={addresses.today} className="home" aria-label="ATN Workbench, go to Today">
        <Mark />
        {railClosed ? null : (
          <>
            <span>ATN</span>
            <span className="harness ellipsis">{harness}</span>
          </>
        )}
      </Link>
      <div className="row tight">
        <Button
          variant="quiet"
          small
          icon={railClosed ? <PanelLeftOpen /> : <PanelLeftClose />}
          label={railClosed ? 'Open the rail' : 'Close the rail'}
          onClick={onToggleRail}
        />
        <Button variant="quiet" small icon={<ChevronLeft />} label="Back" onClick={() => history.back()} />
        <Button variant="quiet" small icon={<ChevronRight />} label="Forward" onClick={() => history.forward()} />
      </div>
      <Crumbs />
      <button type="button" className="palette-field" onClick={onPalette}>
        <Search aria-hidden />
        <span className="grow">Go to, search or do</span>
        <Kbd keys="mod+k" />
      </button>
      <div className="row tight tools">
        <NoticeBell />
        <SchemeButton />
      </div>
      {face === 'desktop' && !isMac ? <WindowControls /> : null}
    </header>
  );
}

function Crumbs(): ReactElement {
  const crumbs = usePage((state) => state.crumbs);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(window.location.href).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    });
  };
  return (
    <nav className="crumbs" aria-label="Address">
      {crumbs.map((crumb, index) => (
        <Fragment key={`${index} ${crumb.label}`}>
          {index === 0 ? null : <span className="dim">/</span>}
          {crumb.href === undefined ? (
            <b className="ellipsis" aria-current="page">
              {crumb.label}
            </b>
          ) : (
            <Link href={crumb.href}>{crumb.label}</Link>
          )}
        </Fragment>
      ))}
      <Button
        variant="quiet"
        small
        icon={copied ? <Check /> : <Link2 />}
        label={copied ? 'Copied' : 'Copy the address of this page'}
        onClick={copy}
      />
    </nav>
  );
}

const SCHEMES = {
  auto: { icon: <SunMoon />, label: 'Colours follow the system. Switch to light' },
  light: { icon: <Sun />, label: 'Light colours. Switch to dark' },
  dark: { icon: <Moon />, label: 'Dark colours. Follow the system again' },
};

function SchemeButton(): ReactElement {
  const { scheme, next } = useColourScheme();
  return <Button variant="quiet" icon={SCHEMES[scheme].icon} label={SCHEMES[scheme].label} onClick={next} />;
}
