type Ids = Record<string, number | string>;

/** A request that a route takes as it is. The address needs none: its ids are the world's. */
export interface Sample {
  body?: object | ((ids: Ids) => object);
  query?: string;
  /** What is answered where nothing is there, when that is no 404: to end what is over anyway. */
  gone?: number;
  /** Where a noun of the address means another one of the world's. */
  ids?: Record<string, string>;
}

/** The nouns of an address's parameters: `/tickets/:id` names one of `tickets`. */
export function nounsOf(path: string): { name: string; noun: string }[] {
  const parts = path.split('/');
  return parts.flatMap((part, n) =>
    part.startsWith(':') ? [{ name: part.slice(1), noun: parts[n - 1] ?? '' }] : [],
  );
}

export const bodyOf = ({ body }: Sample, ids: Ids): object | undefined =>
  typeof body === 'function' ? body(ids) : body;

/** The address with the world's ids in it, or with others for one parameter. */
export function addressOf(path: string, sample: Sample, ids: Ids, other: Ids = {}): string {
  let address = path;
  for (const { name, noun } of nounsOf(path)) {
    const value = other[name] ?? ids[sample.ids?.[noun] ?? noun];
    if (value === undefined) throw new Error(`${path}: the world has no ${noun}`);
    address = address.replace(`:${name}`, String(value));
  }
  return sample.query ? `${address}?${sample.query}` : address;
}
