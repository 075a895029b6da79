import { ArrowUp, Plus, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { Programs, VirtualMachine } from './OwnEndpoints.tsx';
import { emptyEndpoint, PROVIDER_WORDS, type EndpointDraft } from '../model/endpoint-draft.ts';

interface Props {
  readonly endpoints: readonly EndpointDraft[];
  readonly obstacles: ReadonlyMap<string, string>;
  readonly onChange: (endpoints: readonly EndpointDraft[]) => void;
}

/** How the machine is reached; the first is tried first. */
export function Endpoints({ endpoints, obstacles, onChange }: Props): ReactElement {
  const replace = (id: string, part: Partial<EndpointDraft>): void =>
    onChange(endpoints.map((each) => (each.id === id ? { ...each, ...part } : each)));
  const first = (id: string): void => onChange(endpoints.toSorted((a, b) => Number(b.id === id) - Number(a.id === id)));
  return (
    <fieldset className="endpoints">
      <legend className="form-label">Endpoints: how power, sensors and console are reached</legend>
      {endpoints.map((endpoint, place) => (
        <div key={endpoint.id} className="endpoint" role="group" aria-label={`Endpoint ${place + 1}`}>
          <div className="row tight">
            <select
              className="select"
              aria-label="Way"
              value={endpoint.provider}
              onChange={(event) => replace(endpoint.id, { provider: event.currentTarget.value as EndpointDraft['provider'] })}
            >
              {Object.entries(PROVIDER_WORDS).map(([provider, words]) => (
                <option key={provider} value={provider}>
                  {words}
                </option>
              ))}
            </select>
            <span className="grow" />
            {place === 0 ? null : (
              <Button small variant="quiet" icon={<ArrowUp />} label="Try this one first" onClick={() => first(endpoint.id)} />
            )}
            <Button
              small
              variant="quiet"
              icon={<Trash2 />}
              label="Remove this endpoint"
              onClick={() => onChange(endpoints.filter(({ id }) => id !== endpoint.id))}
            />
          </div>
          <Reached endpoint={endpoint} onChange={(part) => replace(endpoint.id, part)} />
          {obstacles.has(endpoint.id) ? <div className="small mark-failed">{obstacles.get(endpoint.id)}</div> : null}
        </div>
      ))}
      <Button small icon={<Plus />} onClick={() => onChange([...endpoints, emptyEndpoint(crypto.randomUUID())])}>
        Add an endpoint
      </Button>
    </fieldset>
  );
}

export interface ReachedProps {
  readonly endpoint: EndpointDraft;
  readonly onChange: (part: Partial<EndpointDraft>) => void;
}

function Reached({ endpoint, onChange }: ReachedProps): ReactElement {
  const { provider, stored, password } = endpoint;
  if (provider === 'simulated') return <div className="dim small">A BMC that this workbench simulates.</div>;
  if (provider === 'qemu') return <VirtualMachine endpoint={endpoint} onChange={onChange} />;
  if (provider === 'command') return <Programs endpoint={endpoint} onChange={onChange} />;
  const text = (name: 'address' | 'port' | 'user' | 'pin', label: string, placeholder = ''): ReactElement => (
    <span className="field">
      <input
        aria-label={label}
        placeholder={placeholder || label}
        value={endpoint[name]}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      />
    </span>
  );
  return (
    <div className="endpoint-fields">
      {text(
        'address',
        provider === 'redfish' ? 'Address of the service' : 'Address',
        provider === 'redfish' ? 'https://192.0.2.10' : '192.0.2.10',
      )}
      {text('port', 'Port', provider === 'ipmi' ? '623' : provider === 'ssh' ? '22' : '443')}
      {text('user', 'User')}
      <span className="field">
        <input
          type="password"
          aria-label={provider === 'ssh' ? 'Password or private key' : 'Password'}
          placeholder={stored && password === null ? 'stored, not shown' : 'Password'}
          value={password ?? ''}
          autoComplete="new-password"
          onChange={(event) => onChange({ password: event.currentTarget.value })}
        />
      </span>
      {provider === 'ipmi' ? null : (
        <span className="whole row tight">
          {text('pin', provider === 'ssh' ? 'Host key (SHA-256)' : 'Certificate (SHA-256)', 'Fingerprint that is trusted (SHA-256)')}
          <Shown endpoint={endpoint} onChange={onChange} />
        </span>
      )}
    </div>
  );
}

/** Asks what the address shows, so that it can be compared and kept; nothing secret is sent. */
function Shown({ endpoint, onChange }: ReachedProps): ReactElement {
  const { provider, address, port } = endpoint;
  const ask = useAction(async () => {
    if (provider !== 'redfish' && provider !== 'ssh') return;
    const shown = await client.suts.inspect({ provider, address: address.trim(), port: port.trim() === '' ? null : Number(port) });
    onChange({ pin: shown.fingerprint ?? '' });
  });
  return (
    <>
      <Button
        small
        busy={ask.busy}
        disabledReason={address.trim() === '' ? 'Name the address first.' : null}
        onClick={() => void ask.run()}
      >
        Ask the machine
      </Button>
      {ask.problem === null ? null : <span className="small mark-failed">{ask.problem.message}</span>}
    </>
  );
}
