import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '../../../ui/icon.tsx';

export function FormError({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="flex gap-2 rounded-md bg-late-well px-3 py-2">
      <Icon of={CircleAlert} className="mt-0.5 text-late" />
      <span>{children}</span>
    </p>
  );
}
