import { Popover } from '@mantine/core';
import { Bell } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { isOfRun, noticeText, type HubNotice } from '../../src-shared/model/hub-notice.ts';
import { formatAmount } from '../../src-shared/text/quantities.ts';
import { hub } from '../bridge/hub-client.ts';
import { useAction, useCall } from '../bridge/use-call.ts';
import { addresses } from '../kit/addresses.ts';
import { Button } from '../kit/Button.tsx';
import { formatWhen } from '../kit/format.ts';
import { ErrorState } from '../kit/States.tsx';
import { When } from '../kit/Times.tsx';
import { useNow } from '../kit/use-now.ts';
import { mayTellOutside, tellOutside, whetherToldOutside } from './tell-outside.ts';
import { onNews } from './use-fresh.ts';

/** What one is told of: how much is new, the newest, and outside of the page where the browser may. */
export function HubBell(): ReactElement {
  const asked = useCall((signal) => hub.notices.list({}, { signal }), []);
  const { again } = asked;
  const [open, setOpen] = useState(false);
  const [, go] = useLocation();
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => onNews(again), [again]);
  const notices = asked.data?.notices;
  useEffect(() => {
    if (notices === undefined) return;
    const before = known.current;
    known.current = new Set(notices.map(({ id }) => id));
    const fresh = before === null ? [] : notices.filter(({ id, readAt }) => readAt === null && !before.has(id));
    for (const notice of fresh) tellOutside(notice, () => go(addressOf(notice)));
  }, [notices, go]);
  const read = useAction(async () => {
    await hub.notices.markRead({});
    again();
  });
  const unread = asked.data?.unread ?? 0;
  const toggle = (): void => {
    setOpen(!open);
    if (open && unread > 0) void read.run();
  };
  const leave = (): void => {
    setOpen(false);
    if (unread > 0) void read.run();
  };
  return (
    <Popover opened={open} onChange={leave} position="bottom-end" withRoles={false} trapFocus returnFocus width={400}>
      <Popover.Target>
        <span className="bell">
          <Button
            variant="quiet"
            small
            icon={<Bell />}
            label={unread === 0 ? 'Notices' : `Notices: ${formatAmount(unread, 'notice')} not read yet`}
            expanded={open}
            onClick={toggle}
          />
          {unread === 0 ? null : <span className="dot" aria-hidden />}
        </span>
      </Popover.Target>
      <Popover.Dropdown p={4}>
        {asked.problem === null ? null : <ErrorState problem={asked.problem} onRetry={again} />}
        <NoticeList
          notices={notices ?? []}
          onOpen={(notice) => {
            leave();
            go(addressOf(notice));
          }}
        />
        <Outside />
      </Popover.Dropdown>
    </Popover>
  );
}

const addressOf = ({ kind, subject }: HubNotice): string =>
  kind === 'runEnded' ? addresses.run(subject) : isOfRun(kind) ? '/runs' : '/reservations';

interface NoticeListProps {
  readonly notices: readonly HubNotice[];
  readonly onOpen: (notice: HubNotice) => void;
}

function NoticeList({ notices, onOpen }: NoticeListProps): ReactElement {
  const now = useNow('minute');
  if (notices.length === 0) return <p className="notice-empty dim small">Nothing yet: here you are told of your reservations and runs.</p>;
  return (
    <ul className="notices hub-notices">
      {notices.map((notice) => {
        const { title, text } = noticeText(notice, (at) => formatWhen(at, now));
        return (
          <li key={notice.id}>
            <button type="button" onClick={() => onOpen(notice)}>
              <span className="grow">
                <span className={notice.readAt === null ? 'strong' : ''}>{title}</span>
                <span className="dim small">{text}</span>
              </span>
              <span className="dim tiny">
                <When at={notice.at} />
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** The browser asks the person, so it is asked for by a press only. */
function Outside(): ReactElement | null {
  const [state, setState] = useState(whetherToldOutside);
  if (state === 'cannot' || state === 'allowed') return null;
  if (state === 'denied') return <p className="notice-empty dim small">This browser does not let the hub tell you outside of this page.</p>;
  return (
    <p className="notice-empty">
      <Button small onClick={() => void mayTellOutside().then(setState)}>
        Tell me outside of this page too
      </Button>
    </p>
  );
}
