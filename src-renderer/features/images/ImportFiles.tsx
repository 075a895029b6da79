import { FilePlus2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { client, face } from '../../bridge/client.ts';
import { Button } from '../../kit/Button.tsx';
import { importImageFiles, importImagePaths } from '../../state/image-imports.ts';

/** Desktop: the harness reads the file where it lies. Browser: its content is handed over. */
export function ImportFiles({ primary }: { readonly primary: boolean }): ReactElement {
  const pick = async (): Promise<void> => {
    // Kernels have no ending that they could be chosen by.
    const { paths } = await client.desktop.pickFiles({ title: 'Import images', extensions: ['*'] });
    importImagePaths(paths);
  };
  const upload = (): void => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.addEventListener('change', () => importImageFiles([...(input.files ?? [])]));
    input.click();
  };
  return (
    <Button variant={primary ? 'primary' : 'outline'} icon={<FilePlus2 />} onClick={() => (face === 'desktop' ? void pick() : upload())}>
      Import files
    </Button>
  );
}
