import { isAbsolute } from 'node:path';
import { WorkbenchError } from '../errors.ts';

/**
 * Holds the address of a repository against what may be asked: https, ssh (also written user@host:path), file, or an absolute path.
 * Nothing that git or ssh could take for an option, no password. Throws BAD_REQUEST.
 */
export function checkAddress(url: string): string {
  const problem = addressProblem(url);
  if (problem !== null) throw new WorkbenchError('BAD_REQUEST', problem);
  return url;
}

function addressProblem(url: string): string | null {
  if (/[\p{Cc}]/u.test(url)) return 'The address of a repository holds no control characters.';
  if (url.startsWith('-')) return 'The address of a repository does not begin with a dash.';
  // "ext::" and its like name a helper program of git's.
  if (/^[\w+.-]+::/u.test(url)) return 'Only https, ssh and folders of this computer are taken as repositories.';
  if (isAbsolute(url)) return null;
  if (/^[\w+.-]+:\/\//u.test(url)) return urlProblem(url);
  const short = /^(?:([\w.+-]+)@)?([\w.[\]:-]+?):(?!\/\/)(.+)$/u.exec(url);
  if (short === null) return 'This is no address of a repository. Give an https or ssh address, or the whole path of a folder.';
  const [, user = 'x', host = ''] = short;
  return user.startsWith('-') || host.startsWith('-') ? 'The name of the server does not begin with a dash.' : null;
}

function urlProblem(url: string): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null) return 'This is no address of a repository. Give an https or ssh address, or the whole path of a folder.';
  if (!['https:', 'ssh:', 'file:'].includes(parsed.protocol))
    return `Only https, ssh and folders of this computer are taken as repositories, not ${parsed.protocol.slice(0, -1)}.`;
  if (parsed.password !== '' || (parsed.protocol === 'https:' && parsed.username !== ''))
    return 'Leave the name and password out of the address, where everybody would see them. Sign in once with git itself: its credential helper gives them.';
  const isOption = /^-/u.test(decodeURIComponent(parsed.username)) || parsed.hostname.startsWith('-') || /^\/*-/u.test(parsed.pathname);
  return isOption ? 'No part of the address of a repository begins with a dash.' : null;
}

/** Holds the name of a branch or tag against git's own rules (git-check-ref-format). Throws BAD_REQUEST. */
export function checkRef(ref: string): string {
  const isFine =
    !/[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)/u.test(ref) &&
    !/^[-./]/u.test(ref) &&
    !/[./]$/u.test(ref) &&
    ref !== '@' &&
    ref !== '';
  if (isFine) return ref;
  throw new WorkbenchError(
    'BAD_REQUEST',
    'This cannot be the name of a branch or a tag. Give one as git shows it, for instance main or v1.2.',
  );
}
