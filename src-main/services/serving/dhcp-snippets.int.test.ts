import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDhcpClient, type DhcpClient } from '../../../e2e/lab/dhcp-client.ts';
import { DHCP_SERVERS } from '../../../e2e/lab/dhcp-servers.ts';
import { inOwnNetwork, layLan, testInOwnNetwork, type Lan } from '../../../e2e/lab/own-network.ts';
import { program } from '../../../e2e/lab/processes.ts';
import { BROADCAST, OPTION, readDhcp, TYPE, writeDhcp } from './dhcp-message.ts';
import { dhcpSnippets } from './dhcp-snippets.ts';

const SCRIPT = 'http://10.77.0.1:8490/boot.ipxe';

if (inOwnNetwork) describe('the configuration for a lab’s own DHCP server', { timeout: 60_000 }, servers);
else
  it('the configuration for a lab’s own DHCP server is what dnsmasq, ISC dhcpd and Kea understand', { timeout: 180_000 }, ({ signal }) =>
    testInOwnNetwork(import.meta.filename, signal),
  );

function servers(): void {
  let lan: Lan;
  let client: DhcpClient;
  let lastXid = 7;
  beforeAll(async () => {
    lan = layLan();
    client = await startDhcpClient(lan);
  });
  afterAll(async () => {
    client.stop();
    await lan.close();
  });

  /** What a network card of this architecture is offered; a null for no card that starts a machine. */
  async function offered(architecture: number | null, { ipxe = false } = {}) {
    const xid = (lastXid += 1);
    const http = architecture === 16 || architecture === 19;
    const words = `${http ? 'HTTP' : 'PXE'}Client:Arch:000${String(architecture).padStart(2, '0')}:UNDI:003000`;
    const options = new Map<number, Buffer>([
      [OPTION.type, Buffer.from([TYPE.discover])],
      [55, Buffer.from([1, 3, 60, 66, 67])], // what it asks for, the vendor class among it
      ...(architecture === null ? [] : ([[OPTION.vendorClass, Buffer.from(words)]] as const)),
      ...(architecture === null ? [] : ([[OPTION.architecture, Buffer.from([0, architecture])]] as const)),
      ...(ipxe ? ([[OPTION.userClass, Buffer.from('iPXE')]] as const) : []),
    ]);
    const hardware = { type: 1, address: Buffer.from([0x52, 0x54, 0, 0, 1, lastXid]) };
    const nowhere = { ciaddr: '0.0.0.0', siaddr: '0.0.0.0', giaddr: '0.0.0.0' };
    const discover = writeDhcp({ fromServer: false, xid, flags: BROADCAST, ...nowhere, hardware, file: '', options });
    const isOffer = (answer: Buffer): boolean => readDhcp(answer)?.xid === xid && readDhcp(answer)?.type === TYPE.offer;
    // A server that has just come up may not hear the first one.
    for (let tries = 0; tries < 10; tries += 1) {
      const answer = (await client.ask(discover, { forMs: 2000, until: isOffer })).find(isOffer);
      const offer = answer === undefined ? null : readDhcp(answer);
      if (offer !== null)
        return { file: offer.file, next: offer.siaddr, vendorClass: offer.options.get(OPTION.vendorClass)?.toString('latin1') ?? null };
    }
    throw new Error('nothing was offered');
  }

  describe.each([true, false])('with first stages served by TFTP here: %s', (tftp) => {
    it.each(dhcpSnippets({ address: '10.77.0.1', port: 8490, tftp }))(
      'leads each kind of firmware here: $server',
      async ({ server, text }) => {
        const start = DHCP_SERVERS[server];
        if (start === undefined) throw new Error(`no ${server}`);
        const running = await start(text, lan.device);
        try {
          const next = tftp ? '10.77.0.1' : (expect.any(String) as unknown);
          expect(await offered(0)).toMatchObject({ file: 'undionly.kpxe', next });
          expect(await offered(7)).toMatchObject({ file: 'ipxe.efi', next });
          expect(await offered(9)).toMatchObject({ file: 'ipxe.efi', next });
          expect(await offered(11)).toMatchObject({ file: 'ipxe-arm64.efi', next });
          expect(await offered(16)).toMatchObject({ file: 'http://10.77.0.1:8490/ipxe.efi', vendorClass: 'HTTPClient' });
          expect(await offered(19)).toMatchObject({ file: 'http://10.77.0.1:8490/ipxe-arm64.efi', vendorClass: 'HTTPClient' });
          for (const architecture of [0, 7, 9, 11, 16, 19])
            expect(await offered(architecture, { ipxe: true }), `iPXE on ${architecture}`).toMatchObject({ file: SCRIPT });
          expect((await offered(null)).file).toBe('');
          // Nothing of it is in the way of a lease.
          const busybox = program('busybox', 'busybox-static');
          lan.elsewhere(busybox, ['udhcpc', '-i', 'card0', '-n', '-q', '-f', '-s', '/bin/true', '-t', '10', '-T', '1']);
        } finally {
          await running.stop();
        }
      },
    );
  });
}
