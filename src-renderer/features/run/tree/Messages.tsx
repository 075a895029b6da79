import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { RecordItem, RecordMessage } from '../../../../src-shared/model/record.ts';
import { formatBytes } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { formatPreciseClock } from '../../../kit/format.ts';
import { ErrorState, LoadingShape } from '../../../kit/States.tsx';

const PAGE = 500;
const MOST = 2000;
/** More than this of one message would make the page heavy without making anybody wiser. */
const MOST_CHARACTERS = 20_000;

interface Props {
  readonly runId: string;
  readonly item: RecordItem;
  readonly version: number;
}

export function Messages({ runId, item, version }: Props): ReactElement {
  const [limit, setLimit] = useState(PAGE);
  const { data, problem, loading } = useCall(
    (signal) => client.record.messages({ id: runId, item: item.id, limit }, { signal }),
    [runId, item.id, limit, version, item.status],
  );
  if (problem !== null && data === null) return <ErrorState problem={problem} />;
  if (data === null) return loading ? <LoadingShape rows={4} /> : <></>;
  const own = item.message !== null && item.message !== '' && item.status === 'failed' && !hasFailure(data.messages);
  return (
    <>
      {own ? <Verdict text={item.message ?? ''} /> : null}
      {data.messages.length === 0 && !own ? <p className="dim small none">No messages. What it calls may have some.</p> : null}
      <List messages={data.messages} />
      {data.more && limit < MOST ? (
        <button type="button" className="button quiet small" onClick={() => setLimit(MOST)}>
          More messages
        </button>
      ) : null}
      {data.more && limit >= MOST ? <p className="dim small none">The first {MOST} messages; all are in output.xml.</p> : null}
    </>
  );
}

function hasFailure(messages: readonly RecordMessage[]): boolean {
  return messages.some(({ level }) => level === 'FAIL');
}

function Verdict({ text }: { readonly text: string }): ReactElement {
  return (
    <div className="log">
      <div className="entry bad">
        <span className="level mark-failed">FAIL</span>
        <pre>{text}</pre>
      </div>
    </div>
  );
}

function List({ messages }: { readonly messages: readonly RecordMessage[] }): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: messages.length, getScrollElement: () => frame.current, estimateSize: () => 20, overscan: 20 });
  useEffect(() => virtual.measure(), [messages, virtual]);
  return (
    <div ref={frame} className="log messages" tabIndex={0} role="log" aria-label="Messages" aria-live="off">
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((place) => {
          const message = messages[place.index];
          return message === undefined ? null : (
            <div
              key={message.id}
              ref={virtual.measureElement}
              data-index={place.index}
              style={{ position: 'absolute', inset: '0 0 auto', transform: `translateY(${place.start}px)` }}
            >
              <Message message={message} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const LOOKS: Readonly<Partial<Record<RecordMessage['level'], string>>> = {
  FAIL: 'mark-failed',
  ERROR: 'mark-error',
  WARN: 'mark-skipped',
  SKIP: 'mark-skipped',
};

function Message({ message }: { readonly message: RecordMessage }): ReactElement {
  const { text, fullLength, level } = message;
  const cut = text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text;
  const whole = fullLength ?? text.length;
  return (
    <div className={`entry${level === 'FAIL' || level === 'ERROR' ? ' bad' : ''}`}>
      <span className="time">{formatPreciseClock(message.at)}</span>
      <span className={`level ${LOOKS[level] ?? 'dim'}`}>{level}</span>
      <pre>
        {cut}
        {whole > cut.length ? <span className="dim">{`\n… the whole message, ${formatBytes(whole)}, is in output.xml`}</span> : null}
      </pre>
    </div>
  );
}
