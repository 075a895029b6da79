import { BOOT_PATH } from './boot-desk.ts';
import { FIRMWARES } from './first-stages.ts';
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

/**
 * What a lab writes into its DHCP server once: network cards get iPXE, iPXE gets the one address at which this harness says what each machine is to
 * start. Machines that do not start from the network are told nothing.
 */
export function dhcpSnippets(place: BootPlace): Snippet[] {
  return [
    { server: 'dnsmasq', text: dnsmasq(place) },
    { server: 'ISC dhcpd', text: dhcpd(place) },
    { server: 'Kea', text: kea(place) },
  ];
}

/** What iPXE gets, at whichever of its makers' names. */
export const scriptUrl = (host: string): string => `http://${host}${BOOT_PATH}`;
/** The first program: a name for TFTP, an address for firmware that fetches over HTTP. */
export const firstProgram = (host: string, { http, program }: { http: boolean; program: string }): string =>
  http ? `http://${host}/${program}` : program;

function dnsmasq(place: BootPlace): string {
  const host = hostOf(place.address, place.port);
  const server = place.tftp ? `,,${place.address}` : '';
  return [
    'dhcp-userclass=set:atn-ipxe,iPXE',
    `dhcp-boot=tag:atn-ipxe,${scriptUrl(host)}`,
    ...FIRMWARES.flatMap((firmware) => {
      const tag = `atn-${firmware.name}`;
      return [
        ...firmware.architectures.map((architecture) => `dhcp-match=set:${tag},option:client-arch,${architecture}`),
        ...(firmware.http ? [`dhcp-option-force=tag:${tag},tag:!atn-ipxe,60,HTTPClient`] : []),
        `dhcp-boot=tag:${tag},tag:!atn-ipxe,${firstProgram(host, firmware)}${firmware.http ? '' : server}`,
      ];
    }),
    '',
  ].join('\n');
}

function dhcpd(place: BootPlace): string {
  const host = hostOf(place.address, place.port);
  const firmwares = FIRMWARES.map((firmware) => {
    const is = firmware.architectures.map((architecture) => `option client-arch = 00:${hex(architecture, 2)}`).join(' or ');
    const lines = [
      ...(firmware.http ? ['option vendor-class-identifier "HTTPClient";'] : place.tftp ? [`next-server ${place.address};`] : []),
      `filename "${firstProgram(host, firmware)}";`,
    ];
    return `} elsif ${is} {\n${lines.map((line) => `  ${line}\n`).join('')}`;
  });
  return `option client-arch code 93 = unsigned integer 16;
if exists user-class and option user-class = "iPXE" {
  filename "${scriptUrl(host)}";
${firmwares.join('')}}
`;
}

/** The value of `client-classes` in `Dhcp4`. */
function kea(place: BootPlace): string {
  const host = hostOf(place.address, place.port);
  const isIpxe = "option[77].hex == 'iPXE'";
  const classes = [
    { name: 'atn-ipxe', test: isIpxe, 'boot-file-name': scriptUrl(host) },
    ...FIRMWARES.map((firmware) => ({
      name: `atn-${firmware.name}`,
      test: `not (${isIpxe}) and (${firmware.architectures.map((architecture) => `option[93].hex == 0x${hex(architecture, 4)}`).join(' or ')})`,
      ...(place.tftp && !firmware.http ? { 'next-server': place.address } : {}),
      'boot-file-name': firstProgram(host, firmware),
      ...(firmware.http ? { 'option-data': [{ name: 'vendor-class-identifier', data: 'HTTPClient', 'always-send': true }] } : {}),
    })),
  ];
  return `"client-classes": ${JSON.stringify(classes, null, 2)}\n`;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
