import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8');
type Rgb = [number, number, number];
type Palette = Record<string, Rgb>;

const standard = css.slice(0, css.indexOf("[data-theme='contrast'] {"));
const contrast = css.slice(css.indexOf("[data-theme='contrast'] {"), css.indexOf('@theme inline'));

const themes: [string, Palette][] = [
  ['light', read(standard, 0)],
  ['dark', read(standard, 1)],
  ['contrast light', { ...read(standard, 0), ...read(contrast, 0) }],
  ['contrast dark', { ...read(standard, 1), ...read(contrast, 1) }],
];

describe.each(themes)('%s', (_, colours) => {
  const least: [string, string[], number][] = [
    ['ink', ['paper'], 15],
    ['ink-2', ['paper', 'raised', 'sunken'], 7],
    ['ink-3', ['paper', 'raised', 'sunken'], 4.5],
    ['signal', ['paper', 'raised', 'sunken', 'signal-well'], 4.5],
    ['signal-ink', ['signal'], 4.5],
    ['due', ['paper', 'raised', 'sunken', 'due-well'], 4.5],
    ['late', ['paper', 'raised', 'sunken', 'late-well'], 4.5],
    ['good', ['paper', 'raised', 'sunken', 'good-well'], 4.5],
    ['status-new', ['paper', 'raised', 'sunken'], 4.5],
    ['status-open', ['paper', 'raised', 'sunken'], 4.5],
    ['edge', ['paper', 'raised', 'sunken'], 3],
    ['ink', ['note', 'due-well', 'late-well', 'good-well', 'signal-well'], 10],
    ['ink-3', ['note'], 4.5],
    ['ink', ['tint-1', 'tint-2', 'tint-3', 'tint-4', 'tint-5', 'tint-6'], 7],
    ['paper', ['ink'], 15],
  ];
  test.each(least)('%s on %j reaches %d to 1', (ink, grounds, wanted) => {
    for (const ground of grounds) {
      const ratio = ratioOf(colour(colours, ink), colour(colours, ground));
      expect(ratio, `${ink} on ${ground}`).toBeGreaterThanOrEqual(wanted);
    }
  });
});

test('paper, raised and sunken are apart without a border', () => {
  for (const [name, colours] of themes.slice(0, 2)) {
    const steps = ['sunken', 'paper', 'raised'].map((ground) => luminance(colour(colours, ground)));
    expect(new Set(steps.map((step) => step.toFixed(3))).size, name).toBe(3);
  }
});

function colour(palette: Palette, name: string): Rgb {
  const found = palette[name];
  if (!found) throw new Error(`No colour ${name}`);
  return found;
}

function read(part: string, side: 0 | 1): Palette {
  const pairs = part.matchAll(/--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)/g);
  return Object.fromEntries([...pairs].map(([, name, ...values]) => [name, toLinearRgb(values[side] ?? '')]));
}

/** Björn Ottosson's OKLab to linear sRGB, clipped to the screen's gamut. */
function toLinearRgb(oklch: string): Rgb {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.split(' ').map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function ratioOf(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
