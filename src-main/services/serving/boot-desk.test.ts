import { describe, expect, it } from 'vitest';
import { askWho, digitsOf, findBoot, programFile } from './boot-desk.ts';
import { dhcpSnippets } from './dhcp-snippets.ts';

const grant = (uuid: string, mac: string) => ({ boot: { uuids: [digitsOf(uuid)], macs: [digitsOf(mac)] } });
const one = grant('0f8fad5b-d9cb-469f-a165-70867728950e', '52:54:00:12:34:56');
const grants = [{ boot: null }, grant('1f8fad5b-d9cb-469f-a165-70867728950e', '52:54:00:12:34:57'), one];

describe('a machine that starts from the network', () => {
  it('is known by its UUID in either order of bytes, or by its network card, and else by nothing', () => {
    expect(findBoot(grants, { uuid: '0F8FAD5B-D9CB-469F-A165-70867728950E', mac: '' })).toBe(one);
    expect(findBoot(grants, { uuid: '5bad8f0f-cbd9-9f46-a165-70867728950e', mac: '' })).toBe(one);
    expect(findBoot(grants, { uuid: 'ffffffff-d9cb-469f-a165-70867728950e', mac: '52-54-00-12-34-56' })).toBe(one);
    expect(findBoot(grants, { uuid: '', mac: '' })).toBeUndefined();
    expect(findBoot([{ boot: { uuids: [], macs: [] } }], { uuid: '', mac: '' })).toBeUndefined();
  });

  it('gets first stages only, whatever it asks for', () => {
    expect(programFile('/usr/lib/ipxe', 'ipxe.efi')).toBe('/usr/lib/ipxe/ipxe.efi');
    for (const name of ['../../../etc/passwd', 'ipxe.efi/../x', '', 'key.pem']) expect(programFile('/usr/lib/ipxe', name)).toBeNull();
    expect(programFile('relative', 'ipxe.efi')).toBeNull();
  });

  it('is led here by the lab’s own DHCP server', () => {
    const [dnsmasq, dhcpd, kea] = dhcpSnippets({ address: '192.0.2.7', port: 8480, tftp: true });
    expect(dnsmasq?.text).toContain('dhcp-boot=tag:atn-ipxe,http://192.0.2.7:8480/boot.ipxe\n');
    expect(dnsmasq?.text).toContain('dhcp-boot=tag:atn-uefi,tag:!atn-ipxe,ipxe.efi,,192.0.2.7\n');
    expect(dhcpd?.text).toContain('filename "http://192.0.2.7:8480/boot.ipxe";');
    const classes = JSON.parse((kea?.text ?? '').replace('"client-classes": ', '')) as { 'boot-file-name': string }[];
    expect(classes.map((each) => each['boot-file-name'])).toEqual([
      'http://192.0.2.7:8480/boot.ipxe',
      'undionly.kpxe',
      'ipxe.efi',
      'http://192.0.2.7:8480/ipxe.efi',
      'ipxe-arm64.efi',
      'http://192.0.2.7:8480/ipxe-arm64.efi',
    ]);
    expect(dhcpSnippets({ address: 'fd00::7', port: 8480, tftp: false })[0]?.text).not.toContain(',,');
    expect(askWho('[fd00::7]:8480')).toContain('http://[fd00::7]:8480/boot.ipxe?uuid=${uuid}&mac=${mac}');
  });
});
