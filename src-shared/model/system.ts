import { z } from 'zod';
import { PersonName, Timestamp } from './text.ts';

export const SystemInfo = z.object({
  appVersion: z.string(),
  harnessName: z.string(),
  home: z.string(),
  user: PersonName,
  platform: z.enum(['linux', 'darwin', 'win32', 'other']),
  face: z.enum(['desktop', 'headless']),
  /** True when nothing was imported or added yet: the first-start page. */
  empty: z.boolean(),
});
export type SystemInfo = z.infer<typeof SystemInfo>;

/** What the status bar and the rail's counters say; sent whole at each change, it is small. */
export const SystemStatus = z.object({
  queued: z.number().int(),
  running: z.number().int(),
  workers: z.number().int(),
  queuePaused: z.boolean(),
  suts: z.number().int(),
  diskFree: z.number().nullable(),
  robotVersion: z.string().nullable(),
  doctorWarnings: z.number().int(),
});
export type SystemStatus = z.infer<typeof SystemStatus>;

export const Settings = z.object({
  harnessName: z.string().trim().min(1).max(100),
  /** Runs at the same time. */
  workers: z.number().int().min(1).max(64),
  /** Interpreter with Robot Framework; empty = the workbench makes an environment of its own. */
  pythonPath: z.string().nullable(),
  /**
   * The only package index that is asked (PEP 503), as its address without user and password: those come from the user's netrc file. Null:
   * whatever uv and pip are set to on this machine.
   */
  packageIndexUrl: z
    .string()
    .regex(
      /^https?:\/\/[^\s@/]+(?:\/\S*)?$/u,
      'The address of an index begins with https:// and holds no user or password: keep those in the netrc file.',
    )
    .nullable(),
  /** Folders with wheels, looked at besides the index. */
  packageFolders: z.array(z.string().min(1)).max(20),
  /** The program uv; null: the one on the PATH, else pip is used. */
  uvPath: z.string().nullable(),
  /** The version of Robot Framework in environments that the workbench makes. */
  robotVersion: z.string().regex(/^\d+(?:\.\w+)*$/u, 'A version looks like 7.5.'),
  /** What images may take on this disk, in units of 10^9 bytes. */
  imageBudgetGb: z.number().int().min(1).max(1_000_000),
  /** Whether images may be fetched from private addresses and this computer itself. */
  imagesFromPrivateHosts: z.boolean(),
  /** The address of this computer that machines fetch images from; null: the one from which each machine is reached. */
  servingAddress: z.union([z.ipv4(), z.ipv6()]).nullable(),
  /** The port of it, for labs with a firewall; 0: any that is free. */
  servingPort: z.number().int().min(0).max(65_535),
  /** How BMCs fetch images: `https` with a certificate of this home. Starts from the network are always by HTTP. */
  servingProtocol: z.enum(['http', 'https']),
  /** The port for machines that start from the network, which the lab's DHCP server names; 0: any that is free. */
  bootPort: z.number().int().min(0).max(65_535),
  /** The port of TFTP for first stages; 0: none is served. */
  tftpPort: z.number().int().min(0).max(65_535),
  /** Folder with the first stages (iPXE). */
  bootPrograms: z.string().max(1000),
  /** Whether machines that a run starts from the network are told where by proxyDHCP at `servingAddress`, for labs whose own DHCP server cannot be told. */
  proxyDhcp: z.boolean(),
  stopGraceSeconds: z.number().int().min(1).max(3600),
  defaultTimeLimitMs: z.number().int().nullable(),
  /** Minutes before the end of a hold at which its holder is reminded; 0: never. */
  remindMinutes: z.number().int().min(0).max(1440),
  /** Minutes for which others may hold a SUT that is free while somebody waits for it together with others, without an expected end. */
  gapMinutes: z.number().int().min(0).max(1440),
  colorScheme: z.enum(['auto', 'light', 'dark']),
});
export type Settings = z.infer<typeof Settings>;

export const Progress = z.object({
  step: z.string(),
  done: z.number().nullable(),
  total: z.number().nullable(),
  unit: z.enum(['files', 'packages', 'bytes', 'none']),
  at: Timestamp,
});
export type Progress = z.infer<typeof Progress>;
