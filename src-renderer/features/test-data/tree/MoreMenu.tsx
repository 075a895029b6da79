import { Menu } from '@mantine/core';
import { Archive, ArchiveRestore, Copy, Ellipsis, FolderSync, Pencil, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import type { TestData } from '../../../../src-shared/model/test-data.ts';

/** What the head of the pane asks for now. */
export type Mode = 'plain' | 'renaming' | 'copying' | 'following' | 'removing';

interface Props {
  readonly testData: TestData;
  readonly onMode: (mode: Mode) => void;
  readonly onArchive: () => void;
}

export function MoreMenu({ testData, onMode, onArchive }: Props): ReactElement {
  const archived = testData.archivedAt !== null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className="button quiet icon-only" aria-label="More for this test data">
          <Ellipsis />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Pencil />} onClick={() => onMode('renaming')}>
          Rename
        </Menu.Item>
        <Menu.Item leftSection={<Copy />} onClick={() => onMode('copying')}>
          Copy
        </Menu.Item>
        <Menu.Item leftSection={<FolderSync />} onClick={() => onMode('following')}>
          {testData.link === null ? 'Follow a folder' : 'Follow another folder'}
        </Menu.Item>
        <Menu.Item leftSection={archived ? <ArchiveRestore /> : <Archive />} onClick={onArchive}>
          {archived ? 'Take out of the archive' : 'Archive'}
        </Menu.Item>
        <Menu.Item leftSection={<Trash2 />} onClick={() => onMode('removing')}>
          Remove…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
