import { client } from '../bridge/client.ts';
import { importFile, importPath, type ImportWish } from './imports.ts';

/** What an import takes besides a folder. */
const EXTENSIONS = ['zip', 'robot'];

/** Desktop: asks for a folder; nothing happens when none is chosen. */
export async function chooseFolder(wish: ImportWish = {}): Promise<void> {
  const { path } = await client.desktop.pickFolder();
  if (path !== null) await importPath(path, wish);
}

/** Desktop: asks for a zip or a .robot file. */
export async function chooseFile({ name }: ImportWish = {}): Promise<void> {
  const { path } = await client.desktop.pickFile({ title: 'Import test data', extensions: EXTENSIONS });
  if (path !== null) await importPath(path, name === undefined ? {} : { name });
}

/** Browser: a page can only hand over the content of files. */
export function chooseUpload(name?: string): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = EXTENSIONS.map((extension) => `.${extension}`).join(',');
  input.addEventListener('change', () => {
    for (const file of input.files ?? []) void importFile(file, name);
  });
  input.click();
}
