import { readFileSync, readdirSync } from 'node:fs';

// A process of its own that watches what another one and all its children hold (argv: its id), every 100 ms: whoever looks through /proc holds
// itself up. Says first what they hold now, and after 'end' what they held at most, in bytes.
const [of = ''] = process.argv.slice(2);
const before = treeMemory(Number(of));
let most = before;
process.send?.(before);
setInterval(() => (most = Math.max(most, treeMemory(Number(of)))), 100);
process.on('message', () => process.send?.(most, () => process.exit()));

/** Resident memory, shared pages counted in each; without this process. */
function treeMemory(root: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/u.test(name)) continue;
    const stat = textOf(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const belongs = (pid: number): boolean => pid === root || (parents.has(pid) && pid > 1 && belongs(parents.get(pid) ?? 0));
  return [...parents.keys()]
    .filter((pid) => pid !== process.pid && belongs(pid))
    .reduce((sum, pid) => sum + Number(textOf(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * 4096, 0);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
