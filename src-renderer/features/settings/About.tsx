import type { ReactElement } from 'react';
import { face } from '../../bridge/client.ts';
import { Facts } from '../../kit/Page.tsx';
import { LoadingShape } from '../../kit/States.tsx';
import { useSystem } from '../../state/system.ts';
import { SectionTitle } from './General.tsx';

export function About(): ReactElement {
  const info = useSystem((state) => state.info);
  if (info === null) return <LoadingShape />;
  return (
    <>
      <SectionTitle title="About" />
      <div className="setting-list" style={{ padding: '0 20px' }}>
        <Facts
          facts={[
            ['ATN Workbench', info.appVersion],
            ['Harness', info.harnessName],
            ['Home', <span className="mono">{info.home}</span>],
            ['Platform', info.platform],
            ['Face', face === 'desktop' ? 'Desktop app' : 'Browser, served on this computer only'],
            ['Fonts', 'Inter and JetBrains Mono, SIL Open Font License'],
            ['Icons', 'Lucide, ISC; signs of verdict and health are our own'],
          ]}
        />
      </div>
    </>
  );
}
