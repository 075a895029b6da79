import { checkAutoinstall, checkMetaData, checkNetworkConfig, checkUserData, checkYaml } from './cloud-config.ts';
import { checkIgnition, checkJson } from './ignition.ts';
import { checkKickstart } from './kickstart.ts';
import { checkPreseed } from './preseed.ts';
import type { AnswerProblem } from './problem.ts';

/** Who reads a file is known by its name: installers look for these. */
const READERS: readonly (readonly [RegExp, (text: string) => AnswerProblem[]])[] = [
  [/^(?:user-data|vendor-data)$/u, checkUserData],
  [/^meta-data$/u, checkMetaData],
  [/^network-config$/u, checkNetworkConfig],
  [/^autoinstall\.ya?ml$/u, checkAutoinstall],
  [/\.ign$/u, checkIgnition],
  [/(?:^ks.*\.cfg|\.ks)$/iu, checkKickstart],
  [/(?:^preseed.*\.cfg|\.preseed|\.seed)$/iu, checkPreseed],
  [/\.json$/iu, checkJson],
  [/\.ya?ml$/iu, checkYaml],
];

/** What an installer would stumble over; nothing of files that nobody knows the reader of. */
export function checkAnswer({ path, text }: { path: string; text: string }): AnswerProblem[] {
  const name = path.split('/').at(-1) ?? path;
  return READERS.find(([pattern]) => pattern.test(name))?.[1](text) ?? [];
}
