import { FocusTrap } from '@mantine/core';
import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { addresses } from '../kit/addresses.ts';
import { Button } from '../kit/Button.tsx';
import { Kbd } from '../kit/Kbd.tsx';
import { useHotkeyList, useHotkeys } from '../kit/use-hotkeys.ts';

/** Keys that lists and trees know by themselves, wherever they stand. */
const IN_LISTS = [
  ['j k', 'Move in a list or tree, also ↑ ↓'],
  ['enter', 'Open'],
  ['space', 'Peek in the detail'],
  ['arrowleft arrowright', 'Close, open a branch'],
] as const;

/** What every key of this page does now, as it is registered: it cannot be out of date. */
export function KeySheet({ onClose }: { readonly onClose: () => void }): ReactElement {
  const keys = useHotkeyList();
  useHotkeys([{ keys: 'escape', label: 'Close this sheet', run: onClose }]);
  return (
    <div className="scrim" onClick={onClose}>
      <FocusTrap active>
        <div
          className="key-sheet floating"
          role="dialog"
          aria-modal
          aria-label="Keys of this page"
          data-autofocus
          tabIndex={-1}
          onClick={(event) => event.stopPropagation()}
        >
          <div className="row">
            <h2 className="panel-title grow">Keys of this page</h2>
            <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
          </div>
          <dl>
            {[...keys.filter((hotkey) => hotkey.keys !== 'escape').map((hotkey) => [hotkey.keys, hotkey.label] as const), ...IN_LISTS].map(
              ([name, label]) => (
                <div key={name} className="row">
                  <dd className="grow">{label}</dd>
                  <dt>
                    <Kbd keys={name} />
                  </dt>
                </div>
              ),
            )}
          </dl>
          <p className="dim small">
            Single letters are off while you type. The{' '}
            <Link href={addresses.help} onClick={onClose}>
              guide
            </Link>{' '}
            walks you through.
          </p>
        </div>
      </FocusTrap>
    </div>
  );
}
