import { runBench } from './run-bench.ts';

// A harness in a process of its own, for tests that kill it: `node harness-child HOME RESOURCES`. It goes on with what is in the home,
// and says on its standard output, a line each, what the runs do.
const [home, resources] = process.argv.slice(2);
if (home === undefined || resources === undefined) throw new Error('home and resources are needed');
const bench = await runBench({ home, resources });
const say = (ids: string[]) => {
  for (const { id, state, verdict } of bench.runs.summaries(ids)) process.stdout.write(`${JSON.stringify({ id, state, verdict })}\n`);
};
bench.changes.on('runs:changed', ({ ids }) => say(ids));
say(bench.runs.active().map(({ id }) => id));
