import { expect, test } from 'vitest';
import { LanguageClient, type Finding, type LanguageState } from './language-client.ts';

const SESSION = '018f0000-0000-7000-8000-000000000001';
const ROOT = 'file:///scratch/suites';

/** When everything that was to be sent is sent. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A client whose time goes on when the test says so. */
function client() {
  const sent: { method: string; id?: number; params: Record<string, unknown> }[] = [];
  const states: LanguageState[] = [];
  let waiting: (() => void)[] = [];
  const made = new LanguageClient({
    send: (_session, json) => {
      sent.push(JSON.parse(json) as (typeof sent)[number]);
      return Promise.resolve();
    },
    later: (deed) => {
      waiting.push(deed);
      return () => (waiting = waiting.filter((each) => each !== deed));
    },
    tell: (state) => void states.push(state),
  });
  const rest = () => {
    const due = waiting;
    waiting = [];
    for (const deed of due) deed();
  };
  const hear = (message: object) => made.take({ type: 'message', json: JSON.stringify(message) });
  return { made, sent, states, rest, hear, ready: () => made.take({ type: 'ready', session: SESSION, rootUri: ROOT }) };
}

test('opens the text at each new server and tells changes when typing rests', async () => {
  const { made, sent, rest, ready } = client();
  let text = 'one';
  made.open(
    'sub dir/a.robot',
    () => text,
    () => undefined,
  );
  expect(sent).toEqual([]);
  ready();
  text = 'two';
  made.changed();
  made.changed();
  rest();
  ready();
  await settled();
  expect(sent.map(({ method }) => method)).toEqual(['textDocument/didOpen', 'textDocument/didChange', 'textDocument/didOpen']);
  expect(sent[1]?.params).toMatchObject({ textDocument: { uri: `${ROOT}/sub%20dir/a.robot` }, contentChanges: [{ text: 'two' }] });
});

test('an answer finds who asked; without a server, and when it goes, the answer is null', async () => {
  const { made, sent, hear, ready } = client();
  made.open(
    'a.robot',
    () => '',
    () => undefined,
  );
  expect(await made.ask('textDocument/hover', { line: 0, character: 0 })).toBeNull();
  ready();
  const first = made.ask('textDocument/hover', { line: 0, character: 0 });
  await settled();
  hear({ id: sent.at(-1)?.id, result: { contents: 'x' } });
  expect(await first).toEqual({ contents: 'x' });
  const second = made.ask('textDocument/hover', { line: 0, character: 0 });
  made.take({ type: 'away', why: 'Errors while typing are off.' });
  expect(await second).toBeNull();
});

test('a question tells what was typed first', async () => {
  const { made, sent, ready } = client();
  made.open(
    'a.robot',
    () => 'Log Li',
    () => undefined,
  );
  ready();
  made.changed();
  void made.ask('textDocument/completion', { line: 0, character: 6 });
  await settled();
  expect(sent.map(({ method }) => method).slice(-2)).toEqual(['textDocument/didChange', 'textDocument/completion']);
});

test('a newer question takes the place of the older one', async () => {
  const { made, sent, hear, ready } = client();
  made.open(
    'a.robot',
    () => '',
    () => undefined,
  );
  ready();
  const older = made.ask('textDocument/completion', { line: 0, character: 1 });
  const newer = made.ask('textDocument/completion', { line: 0, character: 2 });
  expect(await older).toBeNull();
  await settled();
  expect(sent.map(({ method }) => method).slice(-3)).toEqual(['textDocument/completion', '$/cancelRequest', 'textDocument/completion']);
  hear({ id: sent.at(-1)?.id, result: [] });
  expect(await newer).toEqual([]);
});

test('hands on what is found in the open file, and only that', () => {
  const { made, hear, ready } = client();
  const found: (readonly Finding[])[] = [];
  made.open(
    'a.robot',
    () => '',
    (findings) => void found.push(findings),
  );
  ready();
  const finding = { range: { start: { line: 1, character: 4 }, end: { line: 1, character: 9 } }, message: 'No keyword' };
  hear({ method: 'textDocument/publishDiagnostics', params: { uri: `${ROOT}/b.robot`, diagnostics: [] } });
  hear({ method: 'textDocument/publishDiagnostics', params: { uri: `${ROOT}/a.robot`, diagnostics: [finding] } });
  expect(found).toEqual([[finding]]);
  expect(made.pathOf('file:///elsewhere/c.robot')).toBeNull();
});

test('says what it is doing, and wakes a server that sleeps', async () => {
  const { made, sent, states, ready } = client();
  made.open(
    'a.robot',
    () => '',
    () => undefined,
  );
  made.take({ type: 'preparing', step: 'Fetching robotcode' });
  ready();
  made.take({ type: 'asleep' });
  expect(states.map(({ status }) => status)).toEqual(['preparing', 'ready', 'asleep']);
  expect(await made.ask('textDocument/hover', { line: 0, character: 0 })).toBeNull();
  await settled();
  expect(sent.at(-1)?.method).toBe('$/cancelRequest');
});
