const FORBIDDEN = /[\\/:*?"<>|\p{Cc}]/gu;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/** A name that every file system takes, as close to what people called it as can be. */
export function safeFileName(name: string): string {
  const cut = [...name.replaceAll(FORBIDDEN, '_')]
    .slice(0, 80)
    .join('')
    .replace(/[. ]+$/u, '')
    .trimStart();
  if (cut === '') return '_';
  return RESERVED.test(cut) ? `_${cut}` : cut;
}

/** `Nightly 2026-11-22 19.05.10 log.html`: sorts by time, says what it is when found again in a downloads folder. UTC. */
export function exportFileName(run: { name: string; at: number }, form: string): string {
  const stamp = new Date(run.at).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
  return `${safeFileName(run.name)} ${stamp}${form === 'zip' ? '.zip' : ` ${form}`}`;
}
