import { createRouterClient } from '@orpc/server';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startOpenSsh } from '../e2e/lab/openssh.ts';
import { composeHarness } from './compose.ts';
import { folderWith } from './services/test-data/test-bench.ts';

const resources = join(import.meta.dirname, '../resources');
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const CANARY = 'canary-3f9d1c77aa02';

/** The machine fetches its answers over SSH, as an installer does, and then calls back by what stands in them. */
const RECIPE = `recipe: Fetch and call back
image: none
answers:
  label: CIDATA
  files:
    - path: seed/answers
      text: |
        name={{ sut.name }}
        password={{ secret.root_password }}
        call={{ callBack.url }}
steps:
  - { do: ssh, command: 'curl -fsS {{ answers.url }}seed/answers -o FOLDER/fetched && echo {{ answers.url }} > FOLDER/address' }
  - { do: ssh, command: 'curl -fsS {{ answers.url }}nothing || echo refused > FOLDER/refused' }
  - { do: ssh, command: '. FOLDER/fetched && curl -fsS -d instance=1 $call > FOLDER/thanks', repeatable: true }
  - { do: waitCallBack, limit: 60 }
`;

async function lab(recipe: string, secret = CANARY) {
  const [home, fetched, sshd] = [
    mkdtempSync(join(tmpdir(), 'atn-answers-')),
    mkdtempSync(join(tmpdir(), 'atn-machine-')),
    await startOpenSsh(),
  ];
  cleanups.push(sshd.stop);
  const harness = await composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources });
  cleanups.push(() => harness.close());
  const ada = createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });
  await ada.suts.create({
    name: 'server-1',
    endpoints: [
      {
        provider: 'ssh',
        address: '127.0.0.1',
        port: sshd.port,
        user: sshd.username,
        password: sshd.privateKey,
        pin: sshd.hostKey,
      },
    ],
    information: [{ key: 'root_password', kind: 'secret', value: null, secret }],
  });
  const folder = folderWith({
    'a.robot': '*** Test Cases ***\nA\n    No Operation\n',
    'fetch.recipe.yaml': recipe.replaceAll('FOLDER', fetched),
  });
  let testDataId = '';
  for await (const event of await ada.testData.importPath({ path: folder })) if (event.type === 'done') testDataId = event.testData.id;
  const ended = async (id: string) => {
    for await (const run of await ada.runs.follow({ id })) if (run.state === 'ended') return run;
    return ada.runs.get({ id });
  };
  return { ada, home, fetched, testDataId, ended };
}

/** Every file below a folder that holds the words. */
function filesWith(folder: string, words: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .filter((path) => readFileSync(path).includes(words));
}

describe('answers by HTTP', () => {
  it('reach the machine with its secrets, which are stored nowhere; it calls back, and then nothing can be fetched any more', async () => {
    const { ada, home, fetched, testDataId, ended } = await lab(RECIPE);
    const shown = await ada.provisioning.preview({ ref: 'fetch.recipe.yaml', testDataId, sut: 'server-1' });
    expect(shown.files[0]?.text).toContain('password=••••••••');
    const run = await ended((await ada.runs.provision({ sut: 'server-1', recipe: 'fetch.recipe.yaml', testDataId })).id);
    expect(run).toMatchObject({ verdict: 'passed', failure: null });
    const read = (name: string) => readFileSync(join(fetched, name), 'utf8');
    expect(read('fetched')).toMatch(
      new RegExp(`^name=server-1\npassword=${CANARY}\ncall=http://127\\.0\\.0\\.1:\\d+/[0-9a-f]{32}/call-back\n$`, 'u'),
    );
    expect(read('refused')).toBe('refused\n');
    expect(read('thanks')).toBe('Thank you.\n');
    await expect(fetch(`${read('address').trim()}seed/answers`)).rejects.toThrow();
    expect(filesWith(home, CANARY), 'secrets are nowhere in the home').toEqual([]);
    expect(JSON.stringify(await ada.suts.events({ id: run.provisioning?.suts[0]?.sutId ?? '' }))).not.toContain(CANARY);
    const [machine] = run.provisioning?.suts ?? [];
    expect(machine?.fetchedBytes).toBeGreaterThan(0);
  });

  it('that are not fetched end in a named state, and nothing is left to be fetched', async () => {
    const { ada, testDataId, ended } = await lab(
      RECIPE.replace(/ {2}- \{ do: ssh, command: '\. .*\n/u, '').replace('limit: 60', 'limit: 1'),
    );
    const run = await ended((await ada.runs.provision({ sut: 'server-1', recipe: 'fetch.recipe.yaml', testDataId })).id);
    expect(run).toMatchObject({ verdict: 'error', cause: 'infrastructure', failure: { code: 'PROVISIONING_FAILED' } });
    expect(run.failure?.message).toContain('did not call back within 1 s');
  });

  const SPOILT: readonly [string, string][] = [
    ['cut in the middle of its question', 'timeout 1 bash -c "exec 3<>/dev/tcp/127.0.0.1/$p; printf GET >&3; cat <&3"'],
    ['no HTTP at all', 'timeout 5 bash -c "exec 3<>/dev/tcp/127.0.0.1/$p; echo hello >&3; echo >&3; cat <&3"'],
    ['an address that is not its own', 'curl -fsS {{ callBack.url }}x'],
    ['a method that installers do not use', 'curl -fsS -X DELETE {{ callBack.url }}'],
  ];
  it('count as called back by a whole and right call only, whatever else comes over the wire', { timeout: 120_000 }, async () => {
    const spoil = SPOILT.map(
      ([name, command]) =>
        `  - do: ssh\n    name: ${name}\n    command: 'u={{ callBack.url }}; p=\${u#http://127.0.0.1:}; p=\${p%%/*}; ${command} || true'\n`,
    );
    const [head = ''] = RECIPE.split('  - { do: ssh');
    const good = "  - { do: ssh, command: 'curl -fsS -d done {{ callBack.url }}' }\n";
    for (const rightly of [false, true]) {
      const end = `${rightly ? good : ''}  - { do: waitCallBack, limit: 2 }\n`;
      const { ada, testDataId, ended } = await lab(`${head}${spoil.join('')}${end}`);
      const run = await ended((await ada.runs.provision({ sut: 'server-1', recipe: 'fetch.recipe.yaml', testDataId })).id);
      const steps = run.provisioning?.suts[0]?.steps.slice(0, SPOILT.length) ?? [];
      expect(steps.map(({ state }) => state)).toEqual(SPOILT.map(() => 'done'));
      if (rightly) expect(run).toMatchObject({ verdict: 'passed', failure: null });
      else expect(run).toMatchObject({ verdict: 'error', cause: 'infrastructure', failure: { code: 'PROVISIONING_FAILED' } });
      expect(await ada.serving.list()).toEqual([]);
      expect(await ada.suts.get({ id: run.provisioning?.suts[0]?.sutId ?? '' })).toMatchObject({ inUse: null, reservedBy: null });
    }
  });

  it('that an installer would stumble over are refused before anything is touched, with line and reason; so are those that secrets spoil, without them', async () => {
    const withFile = (text: string) => RECIPE.replace('seed/answers', 'seed/user-data').replace(/(?: {8}.*\n)+/u, text);
    const bad = await lab(withFile('        #cloud-config\n        hostname: a\n        runcmd: reboot\n'));
    const wanted = { sut: 'server-1', recipe: 'fetch.recipe.yaml', testDataId: bad.testDataId };
    await expect(bad.ada.runs.provision(wanted)).rejects.toMatchObject({
      code: 'PREFLIGHT_FAILED',
      message: expect.stringContaining('seed/user-data, line 3: runcmd: It takes a list of commands.') as unknown,
    });
    const shown = await bad.ada.provisioning.preview({ ref: 'fetch.recipe.yaml', testDataId: bad.testDataId, sut: 'server-1' });
    expect(shown.files[0]?.problems).toEqual([{ line: 3, message: 'runcmd: It takes a list of commands.' }]);
    expect(readdirSync(bad.fetched)).toEqual([]);

    const spoilt = await lab(withFile('        #cloud-config\n        password: {{ secret.root_password }}\n'), `"${CANARY}: [`);
    const { id } = await spoilt.ada.runs.provision({ ...wanted, testDataId: spoilt.testDataId });
    const run = await spoilt.ended(id);
    expect(run).toMatchObject({ verdict: 'error', failure: { code: 'BAD_REQUEST' } });
    expect(run.failure?.message).toContain('seed/user-data is not what its installer takes once the secrets are in it, in line ');
    expect(JSON.stringify(run)).not.toContain(CANARY);
    expect(readdirSync(spoilt.fetched)).toEqual([]);
  });

  it('are refused before anything is touched where they name what nobody knows', async () => {
    const { ada, testDataId } = await lab(RECIPE.replace('{{ sut.name }}', '{{ field.rack }}'));
    await expect(ada.runs.provision({ sut: 'server-1', recipe: 'fetch.recipe.yaml', testDataId })).rejects.toMatchObject({
      code: 'PREFLIGHT_FAILED',
      message: expect.stringContaining('rack') as unknown,
    });
  });
});
