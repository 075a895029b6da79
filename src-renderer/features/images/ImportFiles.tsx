import { FilePlus2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { client, face } from '../../bridge/client.ts';
import { Button } from '../../kit/Button.tsx';
import { IMAGE_EXTENSIONS, importImageFile, importImagePath } from '../../state/image-imports.ts';

/** Desktop: the harness reads the file where it lies. Browser: its content is handed over. */
export function ImportFiles({ primary }: { readonly primary: boolean }): ReactElement {
  const pick = async (): Promise<void> => {
    const { path } = await client.desktop.pickFile({ title: 'Import image', extensions: IMAGE_EXTENSIONS });
    if (path !== null) await importImagePath(path);
  };
  const upload = (): void => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.accept = IMAGE_EXTENSIONS.map((extension) => `.${extension}`).join(',');
    input.addEventListener('change', () => {
      for (const file of input.files ?? []) void importImageFile(file);
    });
    input.click();
  };
  return (
    <Button variant={primary ? 'primary' : 'outline'} icon={<FilePlus2 />} onClick={() => (face === 'desktop' ? void pick() : upload())}>
      Import files
    </Button>
  );
}
