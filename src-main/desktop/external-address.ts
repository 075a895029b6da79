const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Report pages on loopback are ours; a foreign https address takes the person's word; every other scheme could start a program. */
export function howToOpen(url: string): 'open' | 'ask' | 'refuse' {
  if (!URL.canParse(url)) return 'refuse';
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return 'refuse';
  if (protocol === 'http:' && loopback.has(hostname)) return 'open';
  return protocol === 'https:' ? 'ask' : 'refuse';
}
