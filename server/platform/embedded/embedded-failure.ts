/** The embedded database could not be started or stopped; the message is one line a person can act on. */
export class EmbeddedFailure extends Error {
  override name = 'EmbeddedFailure';
}

/** Another live process owns this database folder. */
export class EmbeddedInUse extends EmbeddedFailure {
  override name = 'EmbeddedInUse';
  readonly ownerPid: number;
  /** Where the owner's database listens. */
  readonly socketFolder: string;

  constructor(message: string, owner: { pid: number; socketFolder: string }) {
    super(message);
    this.ownerPid = owner.pid;
    this.socketFolder = owner.socketFolder;
  }
}

const knownCauses: [RegExp, (folder: string) => string][] = [
  [
    /No space left on device|Disk quota exceeded/,
    (folder) =>
      `The disk that holds ${folder} is full, so the database cannot start; free some space and start again.`,
  ],
  [
    /Read-only file system/,
    (folder) =>
      `The database folder ${folder} is on a read-only disk; make it writable or point DATA_DIR elsewhere.`,
  ],
  [
    /could not look up effective user ID/,
    () =>
      'The user that runs this has no entry in /etc/passwd, and the database needs one; run as another user.',
  ],
  [
    /could not map anonymous shared memory|could not (create|resize) shared memory/,
    () => 'There is not enough memory left to start the database; free some or give this machine more.',
  ],
  [
    /GLIBC_[\d.]+' not found|cannot execute: required file not found/,
    () =>
      'The bundled database needs glibc 2.27 or newer, which this system lacks; set DATABASE_URL to a PostgreSQL server instead.',
  ],
];

/** Turns what PostgreSQL printed into the one line we show. */
export function explainFailure(what: string, printed: string, folder: string): EmbeddedFailure {
  for (const [sign, sentence] of knownCauses) {
    if (sign.test(printed)) return new EmbeddedFailure(sentence(folder));
  }
  const lines = printed.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => /FATAL|PANIC|error:|denied|cannot /.test(line));
  const last = (telling.length > 0 ? telling : lines).slice(-2).join(' | ');
  return new EmbeddedFailure(`${what} (${folder}): ${last === '' ? 'it printed nothing' : last}`);
}

const folderCauses: Record<string, string> = {
  ENOSPC: 'No space left on device',
  EDQUOT: 'Disk quota exceeded',
  EROFS: 'Read-only file system',
};

/** Turns a failed file operation in the database folder into the same lines. */
export function explainFolderError(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof EmbeddedFailure || code === undefined) return error;
  const cause = folderCauses[code];
  if (cause !== undefined) return explainFailure('', cause, folder);
  return new EmbeddedFailure(
    `Cannot use the database folder ${folder} (${code}); let this user write there, or point DATA_DIR elsewhere.`,
  );
}
