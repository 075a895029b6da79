import { Menu } from '@mantine/core';
import { Download, Ellipsis, FileUp } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { SutFileFormat } from '../../../../src-shared/contract/harness/sut-files.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { saveAs } from '../../../kit/save-as.ts';

/** Machines from and to files. */
export function FilesMenu({ ids }: { readonly ids: readonly string[] | null }): ReactElement {
  const [, go] = useLocation();
  const save = useAction(async (format: SutFileFormat) => {
    const { fileName, text } = await client.suts.exportFile({ format, ...(ids === null ? {} : { ids: [...ids] }) });
    saveAs(fileName, text, format === 'csv' ? 'text/csv' : 'application/yaml');
  });
  const what = ids === null ? 'all' : 'these';
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button
          type="button"
          className="button quiet icon-only"
          aria-label="Files of machines"
          aria-busy={save.busy || undefined}
          title={save.problem?.message}
        >
          <Ellipsis />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<FileUp />} onClick={() => go(addresses.importSuts)}>
          Import from a file…
        </Menu.Item>
        <Menu.Item leftSection={<Download />} onClick={() => void save.run('csv')}>
          {`Export ${what} as CSV`}
        </Menu.Item>
        <Menu.Item leftSection={<Download />} onClick={() => void save.run('yaml')}>
          {`Export ${what} as YAML`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
