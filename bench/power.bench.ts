import { figure, median, percentile, print, round } from './lib/figure.ts';
import { goTo, openApp } from './lib/packaged-app.ts';

// A power action from the click in the packaged app to the word in the page that it is done, over what the BMC itself took (as the thread that
// speaks to it measured): page, contract, service with its history, pool and back. BMC: a simulated machine of the demo lab, real RMCP+ on loopback.
const ROUNDS = 100;
const SUT = 'demo-01';
const app = await openApp();
try {
  const { client, page } = app;
  await page.getByRole('button', { name: 'Open the demo lab' }).click();
  await page.getByRole('grid', { name: 'SUTs' }).getByRole('row').filter({ hasText: SUT }).waitFor();
  const sut = (await client.suts.list()).find(({ name }) => name === SUT);
  if (sut === undefined) throw new Error(`${SUT} is not in the demo lab.`);
  await goTo(page, `/suts/${sut.id}`);
  await page.getByRole('region', { name: SUT, exact: true }).getByRole('button', { name: 'Power', exact: true }).waitFor();
  const over: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const whole = await page.evaluate(press, round % 2 === 0 ? 'Power off' : 'Power on');
    const [newest] = (await client.suts.events({ id: sut.id })).filter(({ what }) => /^power/u.test(what));
    if (newest?.outcome !== 'done' || newest.tookMs === null) throw new Error(`The action came to ${JSON.stringify(newest)}`);
    over.push(whole - newest.tookMs);
  }
  print(
    `${ROUNDS} actions, over the BMC's own time: median ${round(median(over))} ms, p95 ${round(percentile(over, 0.95))} ms, most ${round(Math.max(...over))} ms`,
  );
  figure('power action through page, service and pool over the time of the BMC, p95', percentile(over, 0.95), { atMost: 20, unit: 'ms' });
} finally {
  await app.close();
}

/** Runs in the page: milliseconds from the press on an entry of the power menu to its word that it is done. */
async function press(title: string): Promise<number> {
  const seen = <T>(look: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const found = look();
      if (found !== undefined) return resolve(found);
      const patience = setTimeout(() => reject(new Error(`${title} came to nothing.`)), 15_000);
      const observer = new MutationObserver(() => {
        const now = look();
        if (now === undefined) return;
        observer.disconnect();
        clearTimeout(patience);
        resolve(now);
      });
      observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
    });
  const all = <E extends HTMLElement>(selector: string): E[] => [...document.querySelectorAll<E>(selector)];
  await seen(() => (all('[role=menuitem]').length === 0 ? true : undefined)); // the menu of the last press has closed
  const button = await seen(() => all<HTMLButtonElement>('button').find((each) => each.textContent === 'Power' && !each.disabled));
  button.click();
  const item = await seen(() => all('[role=menuitem]').find((each) => each.textContent === title));
  const begin = performance.now();
  item.click();
  await seen(() => all('[role=status]').find((each) => each.textContent === `${title}: done.`));
  return performance.now() - begin;
}
