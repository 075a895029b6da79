import { Popover } from '@mantine/core';
import { Bell } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import { formatAmount } from '../../src-shared/text/quantities.ts';
import { addresses } from '../kit/addresses.ts';
import { Button } from '../kit/Button.tsx';
import { markOfRun } from '../kit/marks.ts';
import { When } from '../kit/Times.tsx';
import { VerdictIcon } from '../kit/VerdictIcon.tsx';
import { markNoticesSeen, useNotices } from '../state/notices.ts';
import { textOfEnd, titleOfEnd } from './run-notices.tsx';

/** What ended while one looked elsewhere. */
export function NoticeBell(): ReactElement {
  const unseen = useNotices((state) => state.unseen);
  const [open, setOpen] = useState(false);
  const toggle = (): void => {
    setOpen(!open);
    markNoticesSeen();
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" withRoles={false} trapFocus returnFocus width={360}>
      <Popover.Target>
        <span className="bell">
          <Button
            variant="quiet"
            icon={<Bell />}
            label={unseen === 0 ? 'What ended' : `What ended: ${formatAmount(unseen, 'run')} not seen yet`}
            expanded={open}
            onClick={toggle}
          />
          {unseen === 0 ? null : <span className="dot" aria-hidden />}
        </span>
      </Popover.Target>
      <Popover.Dropdown p={4}>
        <Notices onLeave={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Notices({ onLeave }: { readonly onLeave: () => void }): ReactElement {
  const runs = useNotices((state) => state.runs);
  if (runs.length === 0) return <p className="notice-empty dim small">No run ended since this page was opened.</p>;
  return (
    <ul className="notices">
      {runs.map((run) => (
        <li key={run.id}>
          <Link href={addresses.run(run.id)} onClick={onLeave}>
            <VerdictIcon mark={markOfRun(run)} large />
            <span className="grow">
              <span className="strong">{titleOfEnd(run)}</span>
              <span className="dim small ellipsis">{textOfEnd(run)}</span>
            </span>
            <span className="dim tiny">{run.endedAt === null ? null : <When at={run.endedAt} />}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
