// `npm run bench`: every figure of bench/, one after the other, and a table of them at the end. `npm run bench -- window live`: these only.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensure } from './bootstrap/ensure.mjs';
import { root } from './lib/places.mjs';
import { run, say, script } from './lib/run.mjs';

const ending = '.bench.ts';

await script(async () => {
  const wanted = process.argv.slice(2);
  const all = readdirSync(join(root, 'bench')).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  await ensure('bench');
  const names = wanted.length > 0 ? wanted : all;
  if (names.some(drivesTheApp)) await (await import('./package.mjs')).packageApp({ forTests: true });
  const rows = [];
  for (const name of names) rows.push(...(await measure(name)));
  say(`\n${table([['bench', 'figure', 'value', 'limit', ''], ...rows])}`);
  if (rows.some((row) => row.at(-1) !== 'holds')) throw new Error('Not every figure holds.');
});

/** Rows of the table; a bench that broke off is one too. */
async function measure(/** @type {string} */ name) {
  say(`\n── ${name}`);
  const screen = drivesTheApp(name) && process.platform === 'linux' && !process.env['DISPLAY'];
  const command = [process.execPath, join(root, 'bench/run.mjs'), name];
  const { code, output } = await run([...(screen ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24'] : []), ...command], {
    cwd: root,
    shown: true,
  });
  const rows = [...output.matchAll(/^FIGURE (.+): (\S+ \S+), (at most .+): (.+)$/gm)].map((line) => [name, ...line.slice(1)]);
  return code !== 0 && rows.every((row) => row.at(-1) === 'holds') ? [...rows, [name, `ended with code ${code}`, '', '', 'BROKEN']] : rows;
}

/** Whether it needs the packaged app and a screen. */
function drivesTheApp(/** @type {string} */ name) {
  return readFileSync(join(root, 'bench', `${name}${ending}`), 'utf8').includes('/packaged-app.ts');
}

function table(/** @type {string[][]} */ rows) {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
