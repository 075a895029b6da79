import { BOOT_PATH } from './boot-desk.ts';
import { hostOf } from './host-of.ts';

export interface BootPlace {
  address: string;
  /** Of HTTP. */
  port: number;
  /** Whether first stages are served by TFTP here; else the lab has its own. */
  tftp: boolean;
}

/** A piece of the configuration of a lab's own DHCP server. */
export interface Snippet {
  server: 'dnsmasq' | 'ISC dhcpd' | 'Kea';
  text: string;
}

/** First stages by the architecture that the firmware says (RFC 4578; 16 is HTTP boot of x86 with 64 bits). */
const [BIOS_FILE, UEFI_FILE] = ['undionly.kpxe', 'ipxe.efi'];

/**
 * What a lab writes into its DHCP server once: network cards get iPXE, iPXE gets the one address at which this harness says what each machine is to
 * start. The harness itself answers no DHCP.
 */
export function dhcpSnippets(place: BootPlace): Snippet[] {
  const script = `http://${hostOf(place.address, place.port)}${BOOT_PATH}`;
  const program = `http://${hostOf(place.address, place.port)}/${UEFI_FILE}`;
  return [
    { server: 'dnsmasq', text: dnsmasq(place, { script, program }) },
    { server: 'ISC dhcpd', text: dhcpd(place, { script, program }) },
    { server: 'Kea', text: kea(place, { script, program }) },
  ];
}

interface Links {
  script: string;
  program: string;
}

function dnsmasq({ address, tftp }: BootPlace, { script, program }: Links): string {
  const server = tftp ? `,,${address}` : '';
  return [
    'dhcp-userclass=set:ipxe,iPXE',
    'dhcp-match=set:efi,option:client-arch,7',
    'dhcp-match=set:efi,option:client-arch,9',
    'dhcp-match=set:efihttp,option:client-arch,16',
    'dhcp-option-force=tag:efihttp,tag:!ipxe,60,HTTPClient',
    `dhcp-boot=tag:ipxe,${script}`,
    `dhcp-boot=tag:!ipxe,tag:efihttp,${program}`,
    `dhcp-boot=tag:!ipxe,tag:efi,${UEFI_FILE}${server}`,
    `dhcp-boot=tag:!ipxe,tag:!efi,tag:!efihttp,${BIOS_FILE}${server}`,
    '',
  ].join('\n');
}

function dhcpd({ address, tftp }: BootPlace, { script, program }: Links): string {
  return `option client-arch code 93 = unsigned integer 16;
${tftp ? `next-server ${address};\n` : ''}if exists user-class and option user-class = "iPXE" {
  filename "${script}";
} elsif option client-arch = 00:10 {
  option vendor-class-identifier "HTTPClient";
  filename "${program}";
} elsif option client-arch = 00:07 or option client-arch = 00:09 {
  filename "${UEFI_FILE}";
} else {
  filename "${BIOS_FILE}";
}
`;
}

/** The value of `client-classes` in `Dhcp4`. */
function kea({ address, tftp }: BootPlace, { script, program }: Links): string {
  const next = tftp ? { 'next-server': address } : {};
  const isIpxe = "option[77].hex == 'iPXE'";
  const classes = [
    { name: 'atn-ipxe', test: isIpxe, 'boot-file-name': script },
    {
      name: 'atn-http',
      test: `not (${isIpxe}) and option[93].hex == 0x0010`,
      'boot-file-name': program,
      'option-data': [{ name: 'vendor-class-identifier', data: 'HTTPClient' }],
    },
    {
      name: 'atn-uefi',
      test: `not (${isIpxe}) and (option[93].hex == 0x0007 or option[93].hex == 0x0009)`,
      ...next,
      'boot-file-name': UEFI_FILE,
    },
    { name: 'atn-bios', test: `not (${isIpxe}) and option[93].hex == 0x0000`, ...next, 'boot-file-name': BIOS_FILE },
  ];
  return `"client-classes": ${JSON.stringify(classes, null, 2)}\n`;
}
