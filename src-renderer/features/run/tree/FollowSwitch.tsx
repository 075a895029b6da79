import { Crosshair } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../../kit/Button.tsx';
import { useHotkeys } from '../../../kit/use-hotkeys.ts';
import type { RecordView } from '../model/record-view.ts';
import { useVersion } from '../use-record.ts';

/** Following keeps what runs now open and in view; scrolling ends it, and the switch says so. */
export function FollowSwitch({ view }: { readonly view: RecordView }): ReactElement {
  useVersion(view);
  const { follow } = view.tree;
  const change = (): void => view.setFollow(!view.tree.follow);
  useHotkeys([{ keys: 'l', label: 'Follow on or off', run: change }]);
  return (
    <Button variant="quiet" icon={<Crosshair />} keys="l" pressed={follow} onClick={change}>
      {follow ? 'Follow' : 'Follow, off'}
    </Button>
  );
}
