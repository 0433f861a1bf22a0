import { cloneElement, type ReactElement } from 'react';

type Props = Record<string, unknown>;

/** The element with more properties; where both have a function of one name, the element's own is called first. */
export function withProps(element: ReactElement, more: Props): ReactElement {
  const own = element.props as Props;
  const joined = Object.entries(more).map(([name, value]) => [name, both(own[name], value)]);
  return cloneElement(element, Object.fromEntries(joined));
}

function both(first: unknown, second: unknown): unknown {
  if (typeof first !== 'function' || typeof second !== 'function') return second;
  return (...given: unknown[]) => {
    first(...given);
    second(...given);
  };
}
