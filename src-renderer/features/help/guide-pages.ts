const texts = import.meta.glob<string>(['../../../docs/guide/*.md', '../../../docs/{hub,provisioning,activity,notifications}.md'], {
  query: '?raw',
  import: 'default',
});
const pictures = import.meta.glob<string>('../../../docs/pictures/*.png', { query: '?url', import: 'default', eager: true });

/** In the order in which they are listed; `README` is the overview. */
export const GUIDE = [
  { name: 'README', title: 'Guide' },
  { name: 'local-tester', title: 'The local tester' },
  { name: 'lab-operator', title: 'The lab operator' },
  { name: 'remote-tester', title: 'The remote tester' },
  { name: 'provisioning', title: 'Provisioning' },
  { name: 'hub', title: 'Running a hub' },
  { name: 'activity', title: 'Activity' },
  { name: 'notifications', title: 'Telling others of runs' },
] as const;

const nameOf = (path: string): string => path.split('/').at(-1)?.replace(/\.md$/u, '') ?? '';

/** The Markdown of a page; null when there is none of this name. */
export async function readPage(name: string): Promise<string | null> {
  const found = Object.entries(texts).find(([path]) => nameOf(path) === name);
  return found === undefined ? null : found[1]();
}

/** Which page of the guide a link in it leads to; null: to none, so it is only text. */
export function pageOfLink(href: string): string | null {
  const [path = ''] = href.split('#');
  const name = nameOf(path);
  return path.endsWith('.md') && !/^[a-z]+:/iu.test(path) && GUIDE.some((page) => page.name === name) ? name : null;
}

/** Where the build has put a picture that a page shows; undefined: it came without it. */
export function addressOfPicture(source: string): string | undefined {
  const name = source.split('/').at(-1);
  return Object.entries(pictures).find(([path]) => path.endsWith(`/${name ?? ''}`))?.[1];
}
