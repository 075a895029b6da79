import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readyFiles } from '../ready-made-bench.ts';
import { checkAnswer } from './check-answers.ts';

const said = (path: string, text: string): string[] =>
  checkAnswer({ path, text }).map(({ line, message }) => `${line ?? 'whole'}: ${message}`);

describe('answers for installers', () => {
  it.each(['kickstart', 'preseed', 'autoinstall', 'cloud-init', 'ignition', 'esxi'] as const)(
    'that are ready-made are fine: %s',
    async (which) => {
      for (const more of [{}, { callBack: { url: 'http://192.0.2.9/t/call-back' } }])
        for (const file of await readyFiles(which, more)) expect(checkAnswer(file), file.text).toEqual([]);
    },
  );

  it('of cloud-init begin with its word, are YAML, and have the right kinds of values', () => {
    expect(said('user-data', 'hostname: a\n')).toEqual([
      '1: The first line must be #cloud-config, or cloud-init takes no notice of the rest.',
    ]);
    expect(said('user-data', '#!/bin/sh\necho hello\n')).toEqual([]);
    expect(said('user-data', '#cloud-config\n')).toEqual([]);
    expect(said('user-data', '#cloud-config\nusers: [a\nruncmd: []\n')[0]).toMatch(/^[23]: /u);
    expect(said('user-data', '#cloud-config\nhostname: a\nwrite_files:\n  - path: /a\n    permissions: 0644\n')).toEqual([
      '5: write_files.0.permissions: It takes a text: put it in quotes, or YAML makes another number of it.',
    ]);
    expect(said('user-data', '#cloud-config\nruncmd: reboot\n')).toEqual(['2: runcmd: It takes a list of commands.']);
    expect(said('user-data', '#cloud-config\nssh_authorised_keys: []\n')).toEqual([
      '2: ssh_authorised_keys is nothing that is known. Is ssh_authorized_keys meant?',
    ]);
    expect(said('user-data', '#cloud-config\nour_own_module: { any: thing }\n')).toEqual([]);
    expect(said('meta-data', '- a\n')).toEqual(['1: It: It takes names with values, such as instance-id.']);
    expect(said('network-config', 'version: 3\n')).toHaveLength(1);
  });

  it('of Ubuntu’s installer have its version, and let somebody log in', () => {
    const file = (rest: string) => `#cloud-config\nautoinstall:\n${rest}`;
    expect(said('user-data', file('  version: 1\n  identity: { hostname: a, username: b, password: "$6$x" }\n'))).toEqual([]);
    expect(said('user-data', file('  version: 2\n  identity: { hostname: a, username: b, password: "$6$x" }\n'))).toEqual([
      '3: autoinstall.version: The version of autoinstall is 1.',
    ]);
    expect(said('user-data', file('  version: 1\n'))[0]).toMatch(/^2: autoinstall: Nobody could log in/u);
    expect(said('user-data', file('  version: 1\n  user-data: {}\n  shutdown: halt\n'))).toEqual([
      '5: autoinstall.shutdown: It takes reboot or poweroff.',
    ]);
  });

  it('of Ignition are JSON of a version that installers know', () => {
    const file = (rest: string) => `{\n  "ignition": { "version": "3.4.0" },\n${rest}\n}\n`;
    expect(said('config.ign', file('  "passwd": {}'))).toEqual([]);
    expect(said('config.ign', file('  "passwd": {},'))).toEqual(['4: This is no JSON.']);
    expect(said('config.ign', '{ "ignition": {\n')).toEqual(['2: It ends before it is whole.']);
    expect(said('config.ign', '{\n  "ignition": { "version": "4.0.0" }\n}')).toEqual([
      '2: ignition.version: Installers know the specification from 3.0.0 to 3.6.0, and from 2.0.0 to 2.4.0.',
    ]);
    expect(said('config.ign', file('  "storage": {\n    "files": [{ "path": "etc/hostname", "mode": 6444 }]\n  }'))).toEqual([
      '4: storage.files.0.path: It takes a whole path, from / on.',
      '4: storage.files.0.mode: It is too large. JSON takes decimal numbers: 420 is what chmod calls 644.',
    ]);
  });

  it('of kickstart have commands that installers know, and sections that end', () => {
    expect(said('ks.cfg', 'text\nautopart --type=plain\n%packages\n@core\n%end\n')).toEqual([]);
    expect(said('ks.cfg', 'autpart\n')).toEqual(['1: No installer knows autpart. Is autopart meant?']);
    expect(said('ks.cfg', 'text\n%packages\n@core\n%post\nls\n%end\n')).toEqual(['4: %packages of line 2 has no %end before this.']);
    expect(said('ks.cfg', 'text\n%post\nls\n')).toEqual(['2: %post has no %end.']);
    expect(said('ks.cfg', 'rootpw "a b\n')).toEqual(['1: A quote is not closed.']);
    expect(said('ks.cfg', "rootpw 'a\"b' # it's fine\n%include /tmp/part\n")).toEqual([]);
    expect(said('esxi/ks.cfg', 'vmaccepteula\ninstall --firstdisk\nrootpw \n')[0]).toMatch(/^whole: There is no password/u);
    expect(said('esxi/ks.cfg', 'vmaccepteula\nrootpw a\n%firstboot\nls\n')).toEqual([]);
  });

  it('of the Debian installer are questions with types', () => {
    expect(said('preseed.cfg', '# all\nd-i a/b string \\\n  some words\nd-i a/c boolean true\nd-i a/d note\n')).toEqual([]);
    expect(said('preseed.cfg', 'd-i a/b string x\nd-i a/c\n')).toEqual(['2: A line has an owner, a question, a type and a value.']);
    expect(said('preseed.cfg', 'd-i a/b strng x\nd-i a/c boolean yes\n')).toEqual([
      '1: strng is no type of a question. Is string meant?',
      '2: a/c takes true or false.',
    ]);
  });

  it('of others are their own affair', () => expect(said('hostname', '{{{')).toEqual([]));

  it('never make it stumble itself, and lines are lines of the file', () => {
    const name = fc.constantFrom(
      'user-data',
      'meta-data',
      'network-config',
      'autoinstall.yaml',
      'a.ign',
      'ks.cfg',
      'preseed.cfg',
      'a.json',
      'b.yml',
    );
    const words = fc.constantFrom(
      '#cloud-config\n',
      'users:',
      '\n',
      '  - ',
      '%post',
      '"',
      '{',
      '}',
      '[',
      'd-i ',
      '\\',
      ': ',
      '&a',
      '*a',
      '<<',
      '!!binary',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(words, fc.string({ maxLength: 5 }))).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(name, text, (path, content) => {
        for (const { line } of checkAnswer({ path, text: content })) {
          if (line === null) continue;
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(content.split('\n').length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
