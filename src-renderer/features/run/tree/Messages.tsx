import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactElement } from 'react';
import type { RecordItem, RecordMessage } from '../../../../src-shared/model/record.ts';
import { formatAmount, formatBytes } from '../../../../src-shared/text/quantities.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatPreciseClock } from '../../../kit/format.ts';
import { ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { useMessages } from './use-messages.ts';

/** More than this of one message would make the page heavy without making anybody wiser. */
const MOST_CHARACTERS = 20_000;

interface Props {
  readonly runId: string;
  readonly item: RecordItem;
  /** Changes while the row runs and once more at its end. */
  readonly version: number | string;
}

export function Messages({ runId, item, version }: Props): ReactElement {
  const { messages, more, problem, loadMore } = useMessages(runId, item.id, version);
  if (messages === null) return problem === null ? <LoadingShape rows={4} /> : <ErrorState problem={problem} onRetry={loadMore} />;
  const own = item.message !== null && item.message !== '' && item.status === 'failed' && !hasFailure(messages);
  return (
    <>
      {own ? <Verdict text={item.message ?? ''} /> : null}
      {messages.length === 0 && !own ? <p className="dim small none">No messages. What it calls may have some.</p> : null}
      <List messages={messages} />
      {problem === null ? null : <ErrorState problem={problem} onRetry={loadMore} />}
      {more ? (
        <div className="page-foot">
          <span className="figures">The first {formatAmount(messages.length, 'message')}</span>
          <Button small variant="quiet" onClick={loadMore}>
            More messages
          </Button>
        </div>
      ) : null}
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
  const virtual = useVirtualizer({
    count: messages.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 20,
    overscan: 20,
    getItemKey: (index) => messages[index]?.id ?? index,
  });
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
