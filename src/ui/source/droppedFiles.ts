/** All files of what was dropped, those within folders too. */

/** A folder of more files than this is not the folder of one model. */
const MOST_FILES = 500;
const DEEPEST = 4;

/** By what they say of themselves: Chromium's page has no class of the standard's name to ask. */
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** A file that came in a dropped folder does not say so itself. */
const folders = new WeakMap<File, string>();

/** Path of the folder that a chosen or dropped file lay in; '' where it was given by itself. */
export const folderOf = (file: File): string =>
  folders.get(file) ?? file.webkitRelativePath.split('/').slice(0, -1).join('/');

/**
 * @param transfer of the drop; it has to be asked within the event
 * @throws Error when a folder holds too much to be meant
 */
export function droppedFiles(transfer: DataTransfer | null): Promise<File[]> {
  const entries = [...(transfer?.items ?? [])].map((item) => item.webkitGetAsEntry());
  const plain = [...(transfer?.files ?? [])];
  return entries.some((entry) => entry?.isDirectory) ? walkAll(entries) : Promise.resolve(plain);
}

async function walkAll(entries: readonly (FileSystemEntry | null)[]): Promise<File[]> {
  const found: File[] = [];
  const walk = async (entry: FileSystemEntry, depth: number): Promise<void> => {
    if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
      folders.set(file, entry.fullPath.split('/').slice(1, -1).join('/'));
      if (found.push(file) > MOST_FILES) {
        throw new Error(
          `There are more than ${MOST_FILES} files in that folder. Drop the folder of the model alone.`,
        );
      }
    } else if (isFolder(entry) && depth < DEEPEST) {
      for (const inside of await listOf(entry)) await walk(inside, depth + 1);
    }
  };
  for (const entry of entries) if (entry) await walk(entry, 0);
  return found;
}

/** A reader gives its entries in portions, the last of which is empty. */
async function listOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}
