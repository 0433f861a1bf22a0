/** Reads an old shape as the next one. Rows of the log are never rewritten. */
export type Upcaster = (data: unknown) => unknown;

const upcasters = new Map<string, Upcaster>();

/** Registers how `type` at `version` reads as `version + 1`. */
export function defineUpcaster(type: string, version: number, read: Upcaster): void {
  upcasters.set(`${type}@${version}`, read);
}

export function upcast(type: string, version: number, data: unknown): { version: number; data: unknown } {
  let at = version;
  let value = data;
  for (let next = upcasters.get(`${type}@${at}`); next; next = upcasters.get(`${type}@${at}`)) {
    value = next(value);
    at += 1;
  }
  return { version: at, data: value };
}
