import { FitAddon } from '@xterm/addon-fit';
import { Terminal as XTerm } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef, type ReactElement } from 'react';
import type { ConsoleState } from '../../../../src-shared/model/console.ts';
import { client } from '../../../bridge/client.ts';
import { useFeed } from '../../../bridge/use-feed.ts';
import { harden } from './harden.ts';

interface Props {
  readonly sutId: string;
  /** Who looks may type. */
  readonly mine: boolean;
  readonly onState: (state: ConsoleState) => void;
}

const SCROLLBACK = 10_000;

export default function Terminal({ sutId, mine, onState }: Props): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const terminal = useRef<XTerm | null>(null);
  const at = useRef<{ recordingId: string; offset: number } | null>(null);
  const mayType = useRef(mine);
  useEffect(() => {
    mayType.current = mine;
    if (terminal.current !== null) terminal.current.options.disableStdin = !mine;
    if (mine) terminal.current?.focus();
  }, [mine]);
  useEffect(() => {
    const host = place.current;
    if (host === null) return;
    const made = makeTerminal(host);
    at.current = null;
    terminal.current = made;
    made.options.disableStdin = !mayType.current;
    const typed = made.onData((text) => {
      if (mayType.current) void client.consoles.write({ sutId, text }).catch(() => undefined); // the state of the console says why not
    });
    return () => {
      typed.dispose();
      made.dispose();
      terminal.current = null;
    };
  }, [sutId]);
  useFeed(
    {
      open: (signal) => client.consoles.attach({ sutId, ...at.current }, { signal }),
      apply: (items) => {
        for (const item of items) {
          if (item.type === 'state') onState(item.console);
          else {
            if (at.current !== null && at.current.recordingId !== item.recordingId) terminal.current?.reset();
            const bytes = Uint8Array.from(atob(item.bytes), (character) => character.charCodeAt(0));
            terminal.current?.write(bytes);
            at.current = { recordingId: item.recordingId, offset: item.offset + bytes.length };
          }
        }
      },
    },
    [sutId],
  );
  return <div ref={place} className="sut-terminal grow" />;
}

function makeTerminal(host: HTMLElement): XTerm {
  const token = (name: string): string => getComputedStyle(host).getPropertyValue(name).trim();
  const terminal = new XTerm({
    scrollback: SCROLLBACK,
    fontFamily: 'JetBrains Mono Variable, monospace',
    fontSize: 12,
    theme: { background: token('--bg-console'), foreground: token('--fg'), cursor: token('--accent') },
    linkHandler: null,
    allowProposedApi: false,
    windowOptions: {},
  });
  harden(terminal);
  terminal.attachCustomKeyEventHandler((event) => {
    if (!(event.ctrlKey && event.shiftKey && event.key === 'Escape')) return true;
    terminal.blur();
    return false;
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(host);
  fit.fit();
  const resize = new ResizeObserver(() => fit.fit());
  resize.observe(host);
  const dispose = terminal.dispose.bind(terminal);
  terminal.dispose = () => {
    resize.disconnect();
    dispose();
  };
  return terminal;
}
