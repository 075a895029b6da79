import type { ReadyAnswers } from '../../../../src-shared/model/recipe.ts';
import { READY_ANSWERS } from './ready-made.ts';
import { renderTemplate } from './render-answers.ts';

export const SECRET = "it's a secret: 1";

/** A machine about which everything is said that ready-made answers may use, with characters that need quotes. */
export const USUAL = {
  sut: { id: 'sut-1', name: 'box-1', tags: [] },
  field: {
    hostname: 'box.lab: 1',
    ip: '192.0.2.7',
    netmask: '255.255.255.0',
    prefix: 24,
    gateway: '192.0.2.1',
    dns: '192.0.2.2',
    disk: 'sda',
  },
  secret: { root_password: SECRET },
  ssh: { user: 'tester', address: '192.0.2.7', port: 22, publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBk tester@lab' },
};

export function readyFiles(name: ReadyAnswers, more: object = {}): Promise<{ path: string; text: string }[]> {
  const values = { ...USUAL, ...more };
  return Promise.all(READY_ANSWERS[name].files.map(async (file) => ({ path: file.path, text: await renderTemplate(file, values) })));
}
