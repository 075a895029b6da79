import type { SutFileFormat } from '../../../src-shared/contract/harness/sut-files.ts';
import { listSuts, type SutRow } from '../../store/suts.ts';
import type { SutServices } from '../suts/sut-services.ts';
import { writeCsvSuts } from './csv-suts.ts';
import { writeYamlSuts } from './yaml-suts.ts';

type Named = SutRow & { parentName: string | null };
const WRITERS: Readonly<Record<SutFileFormat, (suts: readonly Named[]) => string>> = { csv: writeCsvSuts, yaml: writeYamlSuts };

/** All machines, or those of `ids`, by name. */
export function exportSuts(
  { store }: Pick<SutServices, 'store'>,
  { format, ids }: { format: SutFileFormat; ids?: readonly string[] | undefined },
): { fileName: string; text: string } {
  const all = listSuts(store);
  const names = new Map(all.map(({ id, name }) => [id, name]));
  const wanted = ids === undefined ? all : all.filter(({ id }) => ids.includes(id));
  const text = WRITERS[format](
    wanted.map((sut) => ({ ...sut, parentName: sut.parentId === null ? null : (names.get(sut.parentId) ?? null) })),
  );
  return { fileName: `machines.${format}`, text };
}
