import { z } from 'zod';
import type { AnswerProblem } from './problem.ts';
import { checkShape, readShaped } from './shape.ts';

/** First lines by which cloud-init knows what user data are, besides cloud-config; what they bring is not looked into. */
const OTHER_HEADERS = /^(?:#!|#include|#cloud-boothook|#part-handler|#cloud-config-archive|## template:|Content-Type:|MIME-Version:)/u;

const text = z.string('It takes a text.');
const yesNo = z.boolean('It takes true or false.');
const texts = z.array(text, 'It takes a list of texts.');
const command = z.union([text, z.array(z.union([z.string(), z.number()]))], 'A command is a text or a list of texts.');
const commands = z.array(command, 'It takes a list of commands.');

const Users = z.array(
  z.union(
    [
      z.string(),
      z.looseObject({
        name: text.optional(),
        lock_passwd: yesNo.optional(),
        shell: text.optional(),
        passwd: text.optional(),
        ssh_authorized_keys: texts.optional(),
      }),
    ],
    'A user is a name, or values with a name; its keys are a list of texts, lock_passwd is true or false.',
  ),
  'It takes a list of users.',
);

/** Only what many installations use; the rest is cloud-init's own affair. */
const CloudConfig = z.looseObject(
  {
    hostname: text.optional(),
    fqdn: text.optional(),
    timezone: text.optional(),
    users: Users.optional(),
    ssh_authorized_keys: texts.optional(),
    ssh_pwauth: z.union([z.boolean(), z.string()], 'It takes true or false.').optional(),
    disable_root: yesNo.optional(),
    package_update: yesNo.optional(),
    package_upgrade: yesNo.optional(),
    packages: z.array(z.unknown(), 'It takes a list of packages.').optional(),
    bootcmd: commands.optional(),
    runcmd: commands.optional(),
    write_files: z
      .array(
        z.looseObject({
          path: text,
          content: z.unknown().optional(),
          permissions: z.string('It takes a text: put it in quotes, or YAML makes another number of it.').optional(),
          append: yesNo.optional(),
        }),
        'It takes a list of files, each with a path.',
      )
      .optional(),
    phone_home: z.looseObject({ url: text, tries: z.int('It takes a whole number.').optional() }).optional(),
    power_state: z
      .looseObject({ mode: z.enum(['poweroff', 'reboot', 'halt'], 'It takes poweroff, reboot or halt.').optional() })
      .nullable()
      .optional(),
    final_message: text.optional(),
  },
  'It takes names with values.',
);
const CLOUD_NAMES = new Set([
  ...Object.keys(CloudConfig.shape),
  ...[
    'allow_public_ssh_keys',
    'ansible',
    'apk_repos',
    'apt',
    'apt_pipelining',
    'apt_reboot_if_required',
    'autoinstall',
    'byobu_by_default',
  ],
  ...[
    'ca_certs',
    'ca-certs',
    'chef',
    'chpasswd',
    'cloud_config_modules',
    'cloud_final_modules',
    'cloud_init_modules',
    'create_hostname_file',
  ],
  ...[
    'datasource',
    'debug',
    'device_aliases',
    'disable_ec2_metadata',
    'disable_root_opts',
    'disk_setup',
    'drivers',
    'fan',
    'fs_setup',
    'groups',
  ],
  ...['growpart', 'grub_dpkg', 'keyboard', 'landscape', 'locale', 'locale_configfile', 'lxd', 'manage_etc_hosts', 'manage_resolv_conf'],
  ...['mcollective', 'merge_how', 'merge_type', 'mount_default_fields', 'mounts', 'network', 'no_ssh_fingerprints', 'ntp', 'output'],
  ...['package_reboot_if_required', 'password', 'prefer_fqdn_over_hostname', 'preserve_hostname', 'puppet', 'random_seed', 'reporting'],
  ...['resize_rootfs', 'resolv_conf', 'rh_subscription', 'rsyslog', 'runcmd', 'salt_minion', 'snap', 'spacewalk', 'ssh', 'ssh_deletekeys'],
  ...['ssh_fp_console_blacklist', 'ssh_genkeytypes', 'ssh_import_id', 'ssh_key_console_blacklist', 'ssh_keys', 'ssh_publish_hostkeys'],
  ...[
    'ssh_quiet_keygen',
    'swap',
    'system_info',
    'ubuntu_advantage',
    'ubuntu_pro',
    'updates',
    'user',
    'vendor_data',
    'version',
    'wireguard',
  ],
  ...[
    'write_files',
    'yum_repo_dir',
    'yum_repos',
    'zypper',
    'apt_sources',
    'apt_update',
    'apt_upgrade',
    'apt_mirror',
    'mount_default_fields',
  ],
]);

const Network = z.looseObject({ version: z.union([z.literal(1), z.literal(2)], 'It takes 1 or 2.') }, 'It takes names with values.');
const shellCommands = z.union([z.string(), commands], 'It takes a list of commands.');

const Autoinstall = z
  .looseObject(
    {
      version: z.literal(1, 'The version of autoinstall is 1.'),
      locale: text.optional(),
      keyboard: z.looseObject({ layout: text }, 'It takes a layout, as { layout: us }.').optional(),
      network: z.union([z.looseObject({ network: Network }), Network], 'It takes what netplan takes, with version: 2.').optional(),
      storage: z
        .looseObject({
          layout: z.looseObject({ name: text }, 'It takes a name: lvm, direct or zfs.').optional(),
          config: z.array(z.looseObject({ type: text }, 'Each action has a type.'), 'It takes a list of actions.').optional(),
        })
        .optional(),
      identity: z
        .looseObject({ hostname: text, username: text, password: text }, 'It takes hostname, username and password.')
        .nullable()
        .optional(),
      ssh: z
        .looseObject({ 'install-server': yesNo.optional(), 'allow-pw': yesNo.optional(), 'authorized-keys': texts.optional() })
        .optional(),
      packages: texts.optional(),
      'early-commands': shellCommands.optional(),
      'late-commands': shellCommands.optional(),
      'error-commands': shellCommands.optional(),
      'interactive-sections': texts.optional(),
      shutdown: z.enum(['reboot', 'poweroff'], 'It takes reboot or poweroff.').optional(),
      updates: z.enum(['security', 'all'], 'It takes security or all.').optional(),
      'user-data': CloudConfig.nullable().optional(),
    },
    'It takes names with values, version: 1 among them.',
  )
  .refine((value) => 'identity' in value || 'user-data' in value || 'interactive-sections' in value, {
    message: 'Nobody could log in: it needs identity, or user-data with users. The installer refuses it without.',
  });
const AUTOINSTALL_FILE = z.union([z.looseObject({ autoinstall: Autoinstall }), Autoinstall]);

/** What cloud-init reads, and Ubuntu's installer in it. */
export function checkUserData(content: string): AnswerProblem[] {
  if (OTHER_HEADERS.test(content)) return [];
  if (!/^#cloud-config[ \t]*(?:\r?\n|$)/u.test(content))
    return [{ line: 1, message: 'The first line must be #cloud-config, or cloud-init takes no notice of the rest.' }];
  const shaped = readShaped(content);
  if (Array.isArray(shaped)) return shaped;
  if (shaped.document.contents === null) return [];
  return checkShape(shaped, CloudConfig.extend({ autoinstall: Autoinstall.optional() }), CLOUD_NAMES);
}

/** The same of Ubuntu's installer alone, as a disc has it. */
export const checkAutoinstall = (content: string): AnswerProblem[] => shapedBy(content, AUTOINSTALL_FILE);
export const checkMetaData = (content: string): AnswerProblem[] =>
  shapedBy(content, z.looseObject({ 'instance-id': z.unknown().optional() }, 'It takes names with values, such as instance-id.'));
export const checkNetworkConfig = (content: string): AnswerProblem[] =>
  shapedBy(content, z.union([z.looseObject({ network: Network }), Network], 'It takes version: 1 or 2 and what belongs to it.'));
/** Whatever a file of this ending says. */
export const checkYaml = (content: string): AnswerProblem[] => {
  const shaped = readShaped(content);
  return Array.isArray(shaped) ? shaped : [];
};

function shapedBy(content: string, schema: z.ZodType): AnswerProblem[] {
  const shaped = readShaped(content);
  return Array.isArray(shaped) ? shaped : checkShape(shaped, schema);
}
