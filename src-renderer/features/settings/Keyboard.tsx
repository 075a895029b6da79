import type { ReactElement } from 'react';
import { Kbd } from '../../kit/Kbd.tsx';
import { useHotkeyList } from '../../kit/use-hotkeys.ts';
import { SectionTitle } from './General.tsx';

const EVERYWHERE = [
  ['j k', 'Move in a list or tree, also ↑ ↓'],
  ['arrowleft arrowright', 'Close, open a branch'],
  ['enter', 'Open'],
  ['space', 'Peek in the detail'],
  ['/', 'Filter or find on this page'],
  ['escape', 'Close, then clear, then leave'],
] as const;

export function Keyboard(): ReactElement {
  const keys = useHotkeyList();
  return (
    <>
      <SectionTitle title="Keyboard" />
      <div className="setting-list">
        <dl className="key-list">
          {[...keys.map((hotkey) => [hotkey.keys, hotkey.label] as const), ...EVERYWHERE].map(([name, label]) => (
            <div key={name} className="row">
              <dd className="grow ellipsis">{label}</dd>
              <dt>
                <Kbd keys={name} />
              </dt>
            </div>
          ))}
        </dl>
        <p className="dim small" style={{ padding: '12px 20px' }}>
          Pages have more keys of their own: <Kbd keys="?" /> shows them there. Single letters are off while you type.
        </p>
      </div>
    </>
  );
}
