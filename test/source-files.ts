import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

export interface SourceFile {
  /** Path from the root, with forward slashes. */
  name: string;
  text: string;
  /** Relative imports, resolved to paths from the root; type imports too. */
  imports: string[];
}

export function readSources(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) => walk(path.join(root, folder))).map(readSource);
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return walk(full);
    return /\.tsx?$/.test(entry.name) ? [full] : [];
  });
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)|(?:^|\n)import\s*['"](\.[^'"]+)['"]/g;

function readSource(file: string): SourceFile {
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(importPattern)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .map((relative) => path.relative(root, path.resolve(path.dirname(file), relative)).replaceAll('\\', '/'));
  return { name: path.relative(root, file).replaceAll('\\', '/'), text, imports };
}
