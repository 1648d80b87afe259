/** A mark of a chart in its legend, drawn about (0, 0). */
import type { ReactNode } from 'react';

export const Key = ({ children }: { readonly children: ReactNode }) => (
  <svg className="trust-key" viewBox="-7 -7 14 14" width={14} height={14} aria-hidden="true">
    {children}
  </svg>
);
