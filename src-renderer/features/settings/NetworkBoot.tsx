import { Copy } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Settings } from '../../../src-shared/model/system.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { NumberField, Setting, TextField, useChange } from './Setting.tsx';

/** How BMCs fetch images: plainly, or with a certificate that they can be given to trust. */
export function Protocol({ settings }: { readonly settings: Settings }): ReactElement {
  const { change, said } = useChange();
  const isSecure = settings.servingProtocol === 'https';
  return (
    <Setting
      title="BMCs fetch by"
      about="HTTPS shows a certificate of this home. A BMC that checks certificates must be given it first; one that checks nothing takes both."
    >
      <Segments
        label="BMCs fetch by"
        value={settings.servingProtocol}
        segments={[
          { value: 'http', label: 'HTTP' },
          { value: 'https', label: 'HTTPS' },
        ]}
        onChange={(value) => change({ servingProtocol: value })}
      />
      {said}
      {isSecure ? <Certificate /> : null}
    </Setting>
  );
}

function Certificate(): ReactElement {
  const { data, problem } = useCall((signal) => client.serving.certificate(undefined, { signal }), []);
  if (problem !== null) return <ErrorState problem={problem} />;
  return (
    <>
      <span className="mono small" style={{ overflowWrap: 'anywhere' }}>
        {data === null ? '' : `SHA-256 ${data.fingerprint}`}
      </span>
      <Button small icon={<Copy />} onClick={() => void navigator.clipboard.writeText(data?.pem ?? '')}>
        Copy certificate
      </Button>
    </>
  );
}

/** How machines start from the network by this harness, and what the lab's own DHCP server is to say for it. */
export function NetworkBoot({ settings }: { readonly settings: Settings }): ReactElement {
  const boot = useChange();
  const tftp = useChange();
  const programs = useChange();
  return (
    <>
      <Setting
        title="Port for starts from the network"
        about="Machines ask here what they are to start, by HTTP, while a run has it for them. The lab's DHCP server names this port, so it stays the same."
      >
        <NumberField
          label="Port for starts from the network"
          value={settings.bootPort}
          limits={[0, 65_535]}
          unit=""
          onCommit={(value) => boot.change({ bootPort: value })}
        />
        {boot.said}
      </Setting>
      <Setting
        title="TFTP port"
        about="For network cards that know nothing else: they fetch iPXE by TFTP first. Firmware asks at port 69, which needs rights; 0 when the lab serves iPXE itself."
      >
        <NumberField
          label="TFTP port"
          value={settings.tftpPort}
          limits={[0, 65_535]}
          unit=""
          onCommit={(value) => tftp.change({ tftpPort: value })}
        />
        {tftp.said}
      </Setting>
      <Setting title="Folder with iPXE" about="Its undionly.kpxe, ipxe.efi and the like are served, nothing else of it.">
        <TextField
          label="Folder with iPXE"
          mono
          value={settings.bootPrograms}
          onCommit={(value) => programs.change({ bootPrograms: value })}
        />
        {programs.said}
      </Setting>
      <ProxyDhcp settings={settings} />
      <Snippets settings={settings} />
    </>
  );
}

/** For labs whose own DHCP server nobody may touch. */
function ProxyDhcp({ settings: { proxyDhcp, servingAddress } }: { readonly settings: Settings }): ReactElement {
  const { change, said } = useChange();
  const where = servingAddress === null ? 'the network of the address that machines fetch at' : `the network of ${servingAddress}`;
  return (
    <Setting
      title="Answer by proxyDHCP"
      about={`Where the lab's DHCP server cannot be told: machines hear from the workbench what to start, in ${where}, each only while a run starts it from the network. Addresses still come from the lab. It needs the right to use port 67.`}
    >
      <Segments
        label="Answer by proxyDHCP"
        value={proxyDhcp ? 'on' : 'off'}
        segments={[
          { value: 'off', label: 'Off' },
          { value: 'on', label: 'While a run needs it' },
        ]}
        onChange={(value) => change({ proxyDhcp: value === 'on' })}
      />
      {said}
    </Setting>
  );
}

function Snippets({
  settings: { bootPort, tftpPort, bootPrograms, servingAddress, proxyDhcp },
}: {
  readonly settings: Settings;
}): ReactElement {
  const [server, setServer] = useState('dnsmasq');
  const { data, problem } = useCall(
    (signal) => client.serving.networkBoot(undefined, { signal }),
    [bootPort, tftpPort, bootPrograms, servingAddress, proxyDhcp],
  );
  const snippet = data?.snippets.find((each) => each.server === server);
  return (
    <section className="setting boot-snippets" aria-label="DHCP server of the lab">
      <div>
        <div className="strong">DHCP server of the lab</div>
        <div className="dim small">
          It leads machines here. {proxyDhcp ? 'With proxyDHCP it need not be told.' : 'The workbench itself answers no DHCP.'} Put this
          into its configuration once.
        </div>
      </div>
      {problem === null ? null : <ErrorState problem={problem} />}
      {data === null || data.missing.length === 0 ? null : (
        <ul className="small mid" aria-label="First of all">
          {data.missing.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <div className="row">
        <Segments
          label="DHCP server"
          value={server}
          segments={(data?.snippets ?? []).map((each) => ({ value: each.server, label: each.server }))}
          onChange={setServer}
        />
        <span className="grow" />
        <Button small icon={<Copy />} onClick={() => void navigator.clipboard.writeText(snippet?.text ?? '')}>
          Copy
        </Button>
      </div>
      <pre className="mono small" tabIndex={0}>
        {snippet?.text ?? ''}
      </pre>
    </section>
  );
}
