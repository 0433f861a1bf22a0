/** Select options must not be empty: `none` stands for null. */
export const none = 'none';

export const orNull = (value: string): string | null => (value === none ? null : value);

export const idOrNull = (value: string): number | null => (value === none ? null : Number(value));

export const choiceOf = (value: string | number | null): string => (value === null ? none : String(value));
