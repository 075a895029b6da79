import { FitAddon } from '@xterm/addon-fit';
import { Terminal as XTerm } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useEffect, useImperativeHandle, useRef, type ReactElement, type Ref } from 'react';
import { formatBytes } from '../../../src-shared/text/quantities.ts';
import { harden } from './harden.ts';
import './terminal.css';

export interface ConsolePlace {
  readonly recordingId: string;
  readonly offset: number;
}

export interface ConsoleScreen {
  /** Bytes of a console, in base64, from `offset` of its recording on. Where they do not follow on the last ones, it says how much is missing. */
  readonly show: (piece: ConsolePlace & { readonly bytes: string }) => void;
  /** Behind what was shown last; null = nothing was. */
  readonly place: () => ConsolePlace | null;
}

interface Props {
  readonly screen: Ref<ConsoleScreen>;
  /** Who looks may type. */
  readonly mine: boolean;
  readonly onType: (text: string) => void;
}

const SCROLLBACK = 10_000;

/** The screen of a machine's console. Whoever shows another machine makes another one (`key`). */
export default function Terminal({ screen, mine, onType }: Props): ReactElement {
  const host = useRef<HTMLDivElement>(null);
  const terminal = useRef<XTerm | null>(null);
  const at = useRef<ConsolePlace | null>(null);
  const typing = useRef({ mine, onType });
  useEffect(() => {
    typing.current = { mine, onType };
  });
  useEffect(() => {
    if (host.current === null) return;
    const made = makeTerminal(host.current);
    terminal.current = made;
    made.options.disableStdin = !typing.current.mine;
    const typed = made.onData((text) => (typing.current.mine ? typing.current.onType(text) : undefined));
    return () => {
      typed.dispose();
      made.dispose();
      terminal.current = null;
      at.current = null;
    };
  }, []);
  useEffect(() => {
    if (terminal.current === null) return;
    terminal.current.options.disableStdin = !mine;
    if (mine) terminal.current.focus();
  }, [mine]);
  useImperativeHandle(screen, () => ({
    place: () => at.current,
    show: ({ recordingId, offset, bytes: text }) => {
      const before = at.current;
      const shown = terminal.current;
      const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      at.current = { recordingId, offset: offset + bytes.length };
      if (before !== null && before.recordingId !== recordingId) shown?.reset();
      else if (before !== null && before.offset < offset) shown?.write(leftOut(offset - before.offset));
      shown?.write(bytes);
    },
  }));
  return <div ref={host} className="machine-screen grow" />;
}

const leftOut = (bytes: number): string => `\r\n[${formatBytes(bytes)} came too fast and are left out here; the recording has them]\r\n`;

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
