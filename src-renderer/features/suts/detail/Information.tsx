import { LockKeyhole } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Sut, SutField } from '../../../../src-shared/model/sut.ts';
import { SectionHead } from '../../../kit/Page.tsx';

/** What suites are told about it. */
export function Information({ sut }: { readonly sut: Sut }): ReactElement {
  return (
    <section aria-label="Information">
      <SectionHead
        ruled
        title="Information"
        count={sut.information.length}
        about={<span className="mono">{`\${SUTs}[${sut.name}]`}</span>}
      />
      {sut.information.length === 0 ? (
        <p className="dim small sut-facts">Suites are told its name, role and tags only.</p>
      ) : (
        <dl className="facts sut-facts information">
          {sut.information.map((field) => (
            <div key={field.key} style={{ display: 'contents' }}>
              <dt className="mono ellipsis" title={field.key}>
                {field.key}
              </dt>
              <dd>
                <Value field={field} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Value({ field: { kind, value } }: { readonly field: SutField }): ReactElement {
  if (kind === 'secret') {
    return (
      <span className="dim">
        <LockKeyhole className="tiny" aria-hidden /> {value === null ? 'not stored yet' : 'stored, not shown'}
      </span>
    );
  }
  if (value === null || value === '') return <span className="dim">not set</span>;
  if (typeof value === 'boolean') return <>{value ? 'yes' : 'no'}</>;
  return <span className={kind === 'address' ? 'mono' : 'information-text'}>{String(value)}</span>;
}
