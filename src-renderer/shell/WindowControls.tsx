import { Copy, Minus, Square, X } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { client } from '../bridge/client.ts';
import { useFeed } from '../bridge/use-feed.ts';

/** The window draws its own bar. The same feed brings the addresses that the desktop asks to go to. */
export function WindowControls(): ReactElement {
  const [, go] = useLocation();
  const [maximised, setMaximised] = useState(false);
  useFeed(
    {
      open: (signal) => client.desktop.watchWindow(undefined, { signal }),
      apply: (items) => {
        setMaximised(items.at(-1)?.maximised ?? false);
        const address = items.findLast((item) => item.goTo !== null)?.goTo;
        if (address !== undefined && address !== null) go(address);
      },
    },
    [],
  );
  const act = (action: 'minimise' | 'maximise' | 'close') => () => void client.desktop.window({ action });
  return (
    <div className="window-controls">
      <button type="button" aria-label="Minimise" onClick={act('minimise')}>
        <Minus aria-hidden />
      </button>
      <button type="button" aria-label={maximised ? 'Restore' : 'Maximise'} onClick={act('maximise')}>
        {maximised ? <Copy className="tiny" aria-hidden /> : <Square className="tiny" aria-hidden />}
      </button>
      <button type="button" className="close" aria-label="Close" onClick={act('close')}>
        <X aria-hidden />
      </button>
    </div>
  );
}
