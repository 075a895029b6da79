import { z } from 'zod';
import { normalName } from '../text/package-name.ts';
import { formatBytes } from '../text/quantities.ts';
import { Name, Sha256 } from './text.ts';

/** As an index names a package. */
const PACKAGE = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/u;
export const PackageName = z
  .string()
  .trim()
  .max(200)
  .regex(
    new RegExp(`${PACKAGE.source}$`, 'u'),
    'This is no name of a package: letters, digits, dots, dashes and underscores only, no version.',
  );

/** What remote people may bring to a lab for their runs, besides suites. The harness decides by it; a hub only shows it beforehand. */
export const BringLimits = z.object({
  /** Libraries named by a requirement, fetched by the lab from its own index. */
  index: z.boolean(),
  /** Those of the index that may be named; what they need themselves comes along. Empty = every one that the index has. */
  packages: z.array(PackageName).max(200).default([]),
  /** Libraries as files (wheels). */
  files: z.boolean(),
  /** The largest image that machines may be installed from, in bytes; 0 = none. */
  imageBytes: z.number().int().min(0).max(1_000_000_000_000),
});
export type BringLimits = z.infer<typeof BringLimits>;

export const NOTHING_BROUGHT: BringLimits = { index: false, packages: [], files: false, imageBytes: 0 };

const Content = z.object({ sha256: Sha256, size: z.number().int().min(1) });

/** As its builder names it; the name says for what it is good. */
export const WheelName = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9][\w.+!-]*\.whl$/u, 'A wheel is a file ending in .whl, named as its builder named it.');

/** One library of a run from afar: a wheel that the hub keeps, or a package of the lab's index. */
export const BroughtLibrary = z.discriminatedUnion('from', [
  Content.extend({ from: z.literal('file'), fileName: WheelName }),
  z.object({ from: z.literal('index'), requirement: z.string().trim().min(1).max(500) }),
]);
export type BroughtLibrary = z.infer<typeof BroughtLibrary>;

/** An image that the hub keeps, and what is done with it on each machine of the run. */
export const BroughtImage = Content.extend({
  name: Name,
  recipe: z.string().min(1).max(500).default('virtual-media'),
  when: z.enum(['whenDifferent', 'always']).default('whenDifferent'),
});
export type BroughtImage = z.infer<typeof BroughtImage>;

/** Every reason why a lab does not take this, as sentences; none = it does. */
export function bringProblems(
  limits: BringLimits,
  brought: { libraries: readonly BroughtLibrary[]; image: BroughtImage | null },
): string[] {
  const { libraries, image } = brought;
  const problems: string[] = [];
  const named = libraries.flatMap((library) => (library.from === 'index' ? [library.requirement] : []));
  const outside = named.filter((requirement) => !isAllowed(limits, requirement));
  if (!limits.index && named.length > 0)
    problems.push('The lab takes no libraries by name from an index. Leave them out, or ask its owner.');
  else if (outside.length > 0)
    problems.push(`The lab does not take ${outside.join(', ')}, only ${limits.packages.join(', ')}. Leave it out, or ask its owner.`);
  if (!limits.files && libraries.some(({ from }) => from === 'file'))
    problems.push('The lab takes no libraries as files. Leave them out, or ask its owner.');
  if (image === null || image.size <= limits.imageBytes) return problems;
  const most = limits.imageBytes === 0 ? 'no images' : `images up to ${formatBytes(limits.imageBytes)} only`;
  return [...problems, `The lab takes ${most}, and ${image.name} has ${formatBytes(image.size)}. Leave it out, or ask its owner.`];
}

/** By the name alone: a version, extras and a marker are the tester's choice. */
function isAllowed({ packages }: BringLimits, requirement: string): boolean {
  const name = normalName(PACKAGE.exec(requirement.trim())?.[0] ?? '');
  return packages.length === 0 || packages.some((allowed) => normalName(allowed) === name);
}

/** `libraries of its index (one, two), wheels, images up to 4 GB`. */
export function bringWords({ index, packages, files, imageBytes }: BringLimits): string {
  const allowed = [
    ...(index ? [`libraries of its index${packages.length === 0 ? '' : ` (${packages.join(', ')})`}`] : []),
    ...(files ? ['wheels'] : []),
    ...(imageBytes > 0 ? [`images up to ${formatBytes(imageBytes)}`] : []),
  ];
  return allowed.length === 0 ? 'suites only' : `suites, ${allowed.join(', ')}`;
}
