import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { READY_ANSWERS as NAMES, Recipe, type ReadyAnswers } from '../../../../src-shared/model/recipe.ts';
import { parseRecipe } from '../read-recipe.ts';
import { readyFiles, SECRET, USUAL } from './ready-made-bench.ts';

const one = async (name: ReadyAnswers, path: string, more = {}) => {
  const files = await readyFiles(name, more);
  return files.find((each) => each.path === path)?.text ?? '';
};

describe('ready-made answers', () => {
  it.each(NAMES)('%s can be filled in with little and with much, and names the machine', async (name) => {
    for (const more of [{}, { field: {}, ssh: { user: 'root' } }, { callBack: { url: 'http://h/t/call-back' } }]) {
      const files = await readyFiles(name, more);
      expect(files.map(({ text }) => text).join('\n')).toContain(name === 'ignition' && 'field' in more ? 'box-1' : 'box');
      for (const { text } of files) expect(text).not.toMatch(/\{\{|\{%|undefined|\[object/u);
    }
  });

  it.each(NAMES)('%s have the machine call where its recipe waits for that, with a key to log in or without one', async (name) => {
    for (const ssh of [USUAL.ssh, { user: 'tester' }]) {
      const files = await readyFiles(name, { ssh, callBack: { url: 'http://h/t/call-back' } });
      expect(files.map(({ text }) => text.split('http://h/t/call-back').length - 1).reduce((one, other) => one + other)).toBe(1);
    }
  });

  it.each(NAMES)('%s can be used by a recipe by its name', (name) => {
    const { recipe } = parseRecipe(`recipe: x\nanswers: { use: ${name} }\nsteps: [{ do: insert, what: answers }]`);
    expect(Recipe.parse(recipe).answers?.label).toMatch(/^[A-Z]+$/u);
  });

  it('for cloud-init and the Ubuntu installer are YAML that says what is meant', async () => {
    const cloud = parse(await one('cloud-init', 'user-data', { callBack: { url: 'http://h/c' } })) as Record<string, unknown>;
    expect(cloud).toMatchObject({
      hostname: 'box.lab: 1',
      users: [{ name: 'tester', ssh_authorized_keys: [USUAL.ssh.publicKey] }],
      phone_home: { url: 'http://h/c' },
    });
    const ubuntu = parse(await one('autoinstall', 'user-data', { callBack: { url: 'http://h/c' } })) as Record<string, unknown>;
    expect(ubuntu).toMatchObject({
      autoinstall: {
        version: 1,
        shutdown: 'poweroff',
        network: { ethernets: { all: { addresses: ['192.0.2.7/24'] } } },
        'user-data': { users: [{ name: 'tester', ssh_authorized_keys: [USUAL.ssh.publicKey] }] },
        'late-commands': [['curl', '-fsS', 'http://h/c']],
      },
    });
    expect(parse(await one('cloud-init', 'meta-data'))).toEqual({ 'instance-id': 'sut-1', 'local-hostname': 'box.lab: 1' });
  });

  it('for ignition are JSON of its specification', async () => {
    const config = JSON.parse(await one('ignition', 'config.ign', { callBack: { url: 'http://h/c' } })) as Record<string, unknown>;
    expect(config).toMatchObject({
      ignition: { version: '3.4.0' },
      passwd: { users: [{ name: 'tester', sshAuthorizedKeys: [USUAL.ssh.publicKey] }] },
      storage: { files: [{ path: '/etc/hostname', contents: { source: 'data:,box.lab%3A+1' } }] },
    });
    const unit = (config as { systemd: { units: [{ contents: string }] } }).systemd.units[0].contents;
    expect(unit.split('\n')).toContain('ExecStart=/usr/bin/curl -fsS http://h/c');
  });

  it('hold a secret only where one is meant to be, and quote it', async () => {
    expect(await one('kickstart', 'ks.cfg')).toContain(`rootpw --plaintext '${SECRET.replaceAll("'", String.raw`'\''`)}'`);
    for (const name of ['autoinstall', 'cloud-init', 'ignition'] as const)
      for (const { text } of await readyFiles(name)) expect(text).not.toContain(SECRET);
    await expect(readyFiles('esxi', { secret: {} })).rejects.toThrow('root_password');
  });
});
