import type { ReactElement } from 'react';
import type { OperatorDeed } from '../../../../src-shared/model/sut-endpoint.ts';
import type { EndpointDraft } from '../model/endpoint-draft.ts';

interface Props {
  readonly endpoint: EndpointDraft;
  readonly onChange: (part: Partial<EndpointDraft>) => void;
}

/** Of this computer's own QEMU: what the machine is made of. */
export function VirtualMachine({ endpoint, onChange }: Props): ReactElement {
  const size = (name: 'memoryMib' | 'diskGib', label: string, placeholder: string): ReactElement => (
    <label>
      <span className="dim small">{label}</span>
      <span className="field">
        <input
          aria-label={label}
          inputMode="numeric"
          placeholder={placeholder}
          value={endpoint[name]}
          onChange={(event) => onChange({ [name]: event.currentTarget.value })}
        />
      </span>
    </label>
  );
  return (
    <div className="endpoint-fields halves">
      {size('memoryMib', 'Memory, MiB', '256')}
      {size('diskGib', 'Disk, GiB', '4')}
      <span className="dim small whole">
        A virtual machine of QEMU on this computer. Its disk is made at the first start, 0 for none; an ISO goes into its drive under Media.
      </span>
    </div>
  );
}

const DEEDS: Readonly<Record<OperatorDeed, string>> = {
  status: 'Status',
  on: 'Power on',
  off: 'Power off',
  cycle: 'Power cycle',
  reset: 'Reset',
  soft: 'Shut down',
  console: 'Console',
};

/** The operator's own programs, for a power strip or a relay. */
export function Programs({ endpoint, onChange }: Props): ReactElement {
  const { commands, password, stored } = endpoint;
  return (
    <div className="endpoint-programs">
      {(Object.keys(DEEDS) as OperatorDeed[]).map((deed) => (
        <label key={deed} className="row tight">
          <span className="small mid endpoint-deed">{DEEDS[deed]}</span>
          <span className="field grow">
            <input
              className="mono"
              aria-label={`Program for ${DEEDS[deed].toLowerCase()}`}
              placeholder={deed === 'status' ? '/usr/local/bin/pdu status 3' : ''}
              value={commands[deed] ?? ''}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => onChange({ commands: { ...commands, [deed]: event.currentTarget.value } })}
            />
          </span>
        </label>
      ))}
      <label className="row tight">
        <span className="small mid endpoint-deed">Secret</span>
        <span className="field grow">
          <input
            type="password"
            aria-label="Secret for the programs"
            placeholder={stored && password === null ? 'stored, not shown' : 'in their environment as ATN_SECRET'}
            value={password ?? ''}
            autoComplete="new-password"
            onChange={(event) => onChange({ password: event.currentTarget.value })}
          />
        </span>
      </label>
      <p className="dim small form-about">
        A program and its arguments, no shell; quotes hold together what has blanks. Status ends with 0 and prints a line that begins with
        on or off. Empty: not offered.
      </p>
    </div>
  );
}
