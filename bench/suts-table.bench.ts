import { startSimulatedBmc, type SimulatedBmc } from 'ipmi-js/sim';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { figure, median, percentile, print, round } from './lib/figure.ts';
import { goTo, openApp, type App } from './lib/packaged-app.ts';

// 500 machines in the table of the packaged app, each with a BMC that this process simulates, all asked and all changing: how smoothly the table
// scrolls, how long a change takes to the paint, and what the app takes of a core while it only stands there.
const MACHINES = 500;
const CHANGES = 60;
/** ms */
const WATCHED = 20_000;
/** Of /proc/PID/stat, a second. */
const TICKS = 100;

const bmcs = await Promise.all(Array.from({ length: MACHINES }, () => startSimulatedBmc({ powerOn: true })));
const app = await openApp();
try {
  const ids = await addMachines(app, bmcs);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  await goTo(app.page, '/suts');
  await allSeen(app);
  await measureLoad(app);
  await measurePaint(app, ids);
  await measureScrolling(app);
} finally {
  await app.close();
  await Promise.all(bmcs.map((bmc) => bmc.stop()));
}

async function addMachines({ client }: App, machines: readonly SimulatedBmc[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [place, { port }] of machines.entries()) {
    const reached = { provider: 'ipmi' as const, address: '127.0.0.1', port, user: 'admin', password: 'admin' };
    const name = `node-${String(place + 1).padStart(3, '0')}`;
    const sut = await client.suts.create({ name, tags: [`rack-${place % 20}`], endpoints: [reached] });
    ids.push(sut.id);
  }
  return ids;
}

/** Every machine was asked, and logged in to, once. */
async function allSeen({ client }: App): Promise<void> {
  for (;;) {
    const seen = (await client.suts.list()).filter(({ observed }) => observed.health.state === 'reachable').length;
    if (seen === MACHINES) return;
    await pause(500);
  }
}

/** Processor time of all processes of the app, seconds. */
function processorTime(root: number): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((pid) => {
      try {
        const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
        return [{ pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
      } catch {
        return []; // ended meanwhile
      }
    });
  const family = new Set([root]);
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const { pid, parent } of stats) if (family.has(parent)) family.add(pid);
  }
  return stats.filter(({ pid }) => family.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS;
}

/** The table stands in the window, nothing is touched; each machine is asked every ten seconds. */
async function measureLoad({ electron, client }: App): Promise<void> {
  const pid = electron.process().pid ?? 0;
  const seenAt = async (): Promise<number[]> => (await client.suts.list()).map(({ observed }) => observed.seenAt ?? 0);
  const before = await seenAt();
  const [began, used] = [performance.now(), processorTime(pid)];
  await pause(WATCHED);
  const share = (processorTime(pid) - used) / ((performance.now() - began) / 1000);
  const after = await seenAt();
  const changed = after.filter((at, place) => at !== before[place]).length;
  print(`in ${round(WATCHED / 1000)} s ${changed} of ${MACHINES} machines were asked again`);
  figure('processor of the app with 500 machines in the table, all changing', share, { atMost: 0.3, unit: 'cores' });
}

/** From the request that changes a row in view to the frame after the row shows it; the request's own way is in it. */
async function measurePaint({ page, client }: App, ids: readonly string[]): Promise<void> {
  const times: number[] = [];
  for (let change = 0; change < CHANGES; change += 1) {
    const place = change % 15;
    const reason = Math.floor(change / 15) % 2 === 0 ? 'bench' : '';
    const name = `node-${String(place + 1).padStart(3, '0')}`;
    const painted = page.evaluate(
      ([row, word]) =>
        new Promise<number>((resolve) => {
          const line = [...document.querySelectorAll('[role=grid] [role=row]')].find((each) => each.textContent.includes(row));
          const look = (): void => {
            if (line?.textContent.includes('Maintenance') !== (word !== '')) return;
            seen.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
          };
          const seen = new MutationObserver(look);
          if (line === undefined) throw new Error(`${row} is not in view`);
          seen.observe(line, { subtree: true, childList: true, characterData: true });
        }),
      [name, reason] as const,
    );
    await pause(40); // the observer stands
    const asked = performance.timeOrigin + performance.now();
    await client.suts.setMaintenance({ id: ids[place] ?? '', reason });
    times.push((await painted) - asked);
  }
  print(`change to paint: median ${round(median(times))} ms of ${times.length}`);
  figure('change of one of 500 machines to its paint, p95', percentile(times, 0.95), { atMost: 100, unit: 'ms' });
}

/** The wheel turns for five seconds over the whole list and back. */
async function measureScrolling({ page }: App): Promise<void> {
  const frames = page.evaluate(
    (during) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const step = (at: number): void => {
          times.push(at);
          if (at - (times[0] ?? at) < during) requestAnimationFrame(step);
          else resolve(times);
        };
        requestAnimationFrame(step);
      }),
    5000,
  );
  await page.mouse.move(500, 500);
  for (let turn = 0; turn < 120; turn += 1) {
    await page.mouse.wheel(0, turn < 60 ? 250 : -250);
    await pause(30);
  }
  const times = await frames;
  const gaps = times.slice(1).map((at, place) => at - (times[place] ?? at));
  print(
    `frames while scrolling: ${round((gaps.length * 1000) / ((times.at(-1) ?? 0) - (times[0] ?? 0)))} a second, p95 ${round(percentile(gaps, 0.95))} ms apart`,
  );
  figure('time from frame to frame while scrolling 500 changing machines, mean', gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, {
    atMost: 16.9,
    unit: 'ms',
  });
}
