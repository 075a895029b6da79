import type { FolderFile } from './zip-files.ts';

/** What nobody wants at a lab: histories and caches. */
const LEFT_OUT = /(?:^|\/)(?:\.git|__pycache__|node_modules|\.venv)(?:\/|$)/u;

/** Files of a folder that was chosen, without the name of the folder itself. */
export function chosenFolder(files: readonly File[]): { name: string; files: FolderFile[] } {
  const name = files[0]?.webkitRelativePath.split('/')[0] ?? '';
  const below = files.map((file) => ({ path: file.webkitRelativePath.split('/').slice(1).join('/'), file }));
  return { name, files: below.filter(({ path }) => path !== '' && !LEFT_OUT.test(path)) };
}

/** Files of a folder that was dropped, however deep. */
export async function droppedFolder(folder: FileSystemDirectoryEntry): Promise<{ name: string; files: FolderFile[] }> {
  const files: FolderFile[] = [];
  const walk = async (entry: FileSystemDirectoryEntry, place: string): Promise<void> => {
    for (const child of await entriesOf(entry)) {
      const path = `${place}${child.name}`;
      if (LEFT_OUT.test(path)) continue;
      if (child.isDirectory) await walk(child as FileSystemDirectoryEntry, `${path}/`);
      else files.push({ path, file: await fileOf(child as FileSystemFileEntry) });
    }
  };
  await walk(folder, '');
  return { name: folder.name, files };
}

/** A reader gives some at a time, and none when it has given all. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
