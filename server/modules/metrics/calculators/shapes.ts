import { ZodError, type ZodObject, type ZodType, z } from 'zod';
import type { Calculator } from '../kpis/definition.ts';

/** One accepted form of input, known by a field that only it has. */
export type Shape = {
  readonly marker: string;
  readonly input: ZodType;
  readonly output: ZodType;
  readonly answer: (input: unknown) => Record<string, unknown>;
};

export function defineShape<I extends ZodObject, O extends ZodObject>(
  marker: keyof I['shape'] & string,
  input: I,
  output: O,
  answer: (input: z.output<I>) => z.input<O>,
): Shape {
  return {
    marker,
    input,
    output,
    answer: (raw) => output.parse(answer(input.parse(raw))) as Record<string, unknown>,
  };
}

/** The shape is picked by its marker, so that a wrong field is reported against that shape alone. */
export function defineCalculator(id: string, shapes: readonly [Shape, ...Shape[]]): Calculator {
  return {
    id,
    input: z.union(shapes.map(({ input }) => input)),
    output: z.union(shapes.map(({ output }) => output)),
    calculate: (input) => pickShape(id, shapes, input).answer(input),
  };
}

function pickShape(id: string, shapes: readonly Shape[], input: unknown): Shape {
  const found = shapes.find(({ marker }) => typeof input === 'object' && input !== null && marker in input);
  if (found !== undefined) return found;
  const markers = shapes.map(({ marker }) => marker).join(', ');
  const message = `The input of ${id} is an object with one of these fields: ${markers}`;
  throw new ZodError([{ code: 'custom', path: [], message, input }]);
}
