/** Endings of images that are one file. */
const IMAGE_EXTENSIONS: readonly string[] = ['iso', 'img', 'qcow2', 'raw', 'efi'];

/** Endings that say what a file is, whatever it is called before them. */
const OTHER_FILES = /\.(?:iso|qcow2|raw|robot|resource|ya?ml|py|json|xml|txt|csv|md|zip|whl)$/iu;
/** As distributions and their network installers name them: `vmlinuz-6.1.0-49-amd64`, `linux`, `bzImage`; behind other words a version is too little. */
const KERNEL = /^(?:(?:vmlinu[xz]|b?zimage)[-_.+~\w]*|(?:linux|linux26|kernel|image)(?:\.gz|\.efi)?)$/iu;
const INITRD = /^(?:u?initrd|initramfs|initrfs)[-_.+~\w]*$/iu;

interface Named {
  readonly name: string;
}

/** What a number of files is, by their names: kernels with the RAM disks that belong to them, images of one file, and RAM disks whose kernel is not among them. */
export interface SortedImages<F extends Named> {
  pairs: { kernel: F; initrds: F[] }[];
  single: F[];
  lonely: F[];
}

export const isKernelName = (name: string): boolean => KERNEL.test(name) && !OTHER_FILES.test(name);
export const isInitrdName = (name: string): boolean => INITRD.test(name) && !OTHER_FILES.test(name);

/** Whether a file that somebody brings is an image or a part of one. */
export function isImageName(name: string): boolean {
  return IMAGE_EXTENSIONS.includes(name.split('.').at(-1)?.toLowerCase() ?? '') || isKernelName(name) || isInitrdName(name);
}

/** RAM disks go to the only kernel there is, in their order; among several kernels to the one whose version they name. */
export function sortImages<F extends Named>(files: readonly F[]): SortedImages<F> {
  const kernels = files.filter(({ name }) => isKernelName(name)).map((kernel) => ({ kernel, initrds: [] as F[] }));
  const lonely: F[] = [];
  for (const initrd of files.filter(({ name }) => isInitrdName(name))) (kernelOf(kernels, initrd)?.initrds ?? lonely).push(initrd);
  const pairs = kernels.filter(({ initrds }) => initrds.length > 0);
  const taken = new Set<F>([...lonely, ...pairs.flatMap(({ kernel, initrds }) => [kernel, ...initrds])]);
  return { pairs, lonely, single: files.filter((file) => !taken.has(file)) };
}

function kernelOf<F extends Named, K extends { kernel: F }>(kernels: readonly K[], { name }: F): K | undefined {
  if (kernels.length <= 1) return kernels[0];
  const named = kernels.filter(({ kernel }) => {
    const version = versionOf(kernel.name);
    return version !== '' && name.endsWith(version);
  });
  // `6.1.0` ends `5-6.1.0` too: the longest says most.
  return named.sort((one, other) => versionOf(other.kernel.name).length - versionOf(one.kernel.name).length)[0];
}

/** `6.1.0-49-amd64` of `vmlinuz-6.1.0-49-amd64`. */
const versionOf = (kernel: string): string => /^[a-z]+[-_.](.+)$/iu.exec(kernel)?.[1] ?? '';
