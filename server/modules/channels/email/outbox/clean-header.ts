/** A value fit for one header line: whatever could end the line, or hide in it, becomes a space. */
export function cleanHeader(value: string, longest = 900): string {
  return value
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, longest);
}

const addressPattern = /^[^\s@<>"'(),:;\\\p{Cc}]{1,64}@[^\s@<>"'(),:;\\\p{Cc}]{1,255}$/u;

/** An address we may hand to another server; quoted local parts and comments are read differently by everybody. */
export function isPlainAddress(address: string): boolean {
  return addressPattern.test(address);
}
