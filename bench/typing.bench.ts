import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figure, median, percentile, print, round } from './lib/figure.ts';
import { mainThreadTasks } from './lib/main-thread-tasks.ts';
import { goTo, importFolder, openApp } from './lib/packaged-app.ts';

// Typing in a suite of 5,000 lines, in the packaged app: the longest task of the page's main thread while keys come, whatever it is for (the key itself, its
// frame, the draft, colours). The limit, one frame at 60 a second, is held against what the thread itself works: here the trace, the picture drawn without a
// graphics card, the screen and the robot that types share two processors with it. From begin to end stands beside it, and as the page sees it: from a
// key's event until the thread is free again.
const LINES = 5000;
const KEYS = 60;
const scratch = mkdtempSync(join(tmpdir(), 'atn-bench-typing-'));
const app = await openApp();
try {
  const { page } = app;
  mkdirSync(join(scratch, 'long'));
  writeFileSync(join(scratch, 'long', 'long.robot'), longSuite());
  const id = await importFolder(app, join(scratch, 'long'));
  await goTo(page, `/test-data/${id}/edit?file=long.robot`);
  await page.locator('.cm-content').click();
  await page.evaluate(noteKeys);
  const tasks = await mainThreadTasks(app, scratch, async () => {
    for (const place of ['Control+Home', 'Control+End']) {
      await page.keyboard.press(place);
      for (const key of 'Log    ${value} and more'.repeat(Math.ceil(KEYS / 24)).slice(0, KEYS))
        await page.keyboard.type(key, { delay: 30 });
    }
  });
  const held = await page.evaluate(() => Reflect.get(window, 'held') as number[]);
  if (held.length < KEYS * 2) throw new Error(`Only ${held.length} of ${KEYS * 2} keys were seen.`);
  const seen = `median ${round(median(held))} ms, p95 ${round(percentile(held, 0.95))} ms, most ${round(Math.max(...held))} ms`;
  print(`${held.length} keys, each until the thread is free again: ${seen}; ${tasks.length} tasks`);
  const longest = Math.max(...tasks.map(({ wall }) => wall));
  const behind = tasks.filter(({ wall }) => wall > 16).map(({ wall, own }) => `${round(wall)} ms, of which it worked ${round(own)} ms`);
  print(`longest task from begin to end ${round(longest)} ms; over 16 ms: ${behind.join('; ') || 'none'}`);
  figure('typing in 5,000 lines, the most that the main thread works at a stretch', Math.max(...tasks.map(({ own }) => own)), {
    atMost: 16,
    unit: 'ms',
  });
} finally {
  await app.close();
  rmSync(scratch, { recursive: true, force: true });
}

/** Runs in the page: from a key event until the task it belongs to has ended, by a message that can only come then. */
function noteKeys(): void {
  const held: number[] = [];
  Reflect.set(window, 'held', held);
  const over = new MessageChannel();
  let begun: number[] = [];
  over.port1.onmessage = () => {
    const now = performance.now();
    for (const begin of begun) held.push(now - begin);
    begun = [];
  };
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key.length !== 1) return;
      begun.push(performance.now());
      over.port2.postMessage(null);
    },
    { capture: true },
  );
}

function longSuite(): string {
  const lines = ['*** Test Cases ***'];
  while (lines.length < LINES) {
    lines.push(`Case ${lines.length}`, '    [Tags]    slow    tag', '    ${value}    Set Variable    ${lines}[0]    # a remark');
    lines.push('    Should Be Equal    ${value}    expected    msg=${value} is wrong', '');
  }
  return lines.join('\n');
}
