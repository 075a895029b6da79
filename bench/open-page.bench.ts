import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLargeSuites } from './fixtures/finished-run.ts';
import { figure, median, print, round } from './lib/figure.ts';
import { goTo, importFolder, openApp } from './lib/packaged-app.ts';

// A finished run of 100,000 keywords, from the list of runs to its tree on the screen, in the packaged app: page, harness and record together. What is
// read of it in between, and what `rebot` takes for the same, is in open-run.
const TURNS = 5;
const scratch = mkdtempSync(join(tmpdir(), 'atn-bench-page-'));
const app = await openApp();
try {
  const { client, page } = app;
  writeLargeSuites(join(scratch, 'big'), { suites: 10, testsEach: 100, keywordsEach: 100 });
  const { id } = await client.runs.start({ testDataId: await importFolder(app, join(scratch, 'big')) });
  for await (const run of await client.runs.follow({ id })) {
    if (run.state === 'ended') break;
  }
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    await goTo(page, '/runs');
    await page.getByRole('heading', { name: 'Runs' }).waitFor();
    times.push(await page.evaluate(openAndLook, `/runs/${id}`));
  }
  print(`run of 100,000 keywords, to its tree: first ${round(times[0] ?? Number.NaN)} ms, then ${times.slice(1).map(round).join(', ')} ms`);
  figure('a finished run of 100,000 keywords, on the screen', Math.max(times[0] ?? Number.NaN, median(times)), { atMost: 500, unit: 'ms' });
} finally {
  await app.close();
  rmSync(scratch, { recursive: true, force: true });
}

/** Runs in the page: milliseconds from the change of address to the frame in which the first rows of the tree stand. */
function openAndLook(address: string): Promise<number> {
  return new Promise((resolve) => {
    const begin = performance.now();
    const painted = new MessageChannel();
    painted.port1.onmessage = () => resolve(performance.now() - begin);
    const look = (): void => {
      if (document.querySelector('[role=treeitem]') === null) requestAnimationFrame(look);
      else painted.port2.postMessage(null); // comes when the frame that is being made has been painted
    };
    window.history.pushState(null, '', address);
    requestAnimationFrame(look);
  });
}
