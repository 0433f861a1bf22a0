import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { useScrolls } from './use-scrolls.ts';

export type Column<Row> = {
  id: string;
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Figures stand at the end of their column, in tabular numerals. */
  figures?: boolean;
  /** The cell that names the row, read out as its header. */
  names?: boolean;
  className?: string;
};

type TableProps<Row> = {
  /** What the table shows, for screen readers; `captionShown` prints it as well. */
  caption: string;
  captionShown?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
};

export function Table<Row>({ caption, captionShown, columns, rows, rowKey }: TableProps<Row>) {
  const [box, scrolls] = useScrolls<HTMLDivElement>();
  return (
    <div
      ref={box}
      {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-label': caption } : {})}
      className="overflow-x-auto focus-visible:-outline-offset-2"
    >
      <table className="w-full text-dense">
        <caption className={captionShown ? 'pb-2 text-start text-ink-2' : 'sr-only'}>{caption}</caption>
        <thead>
          <tr className="border-b border-line text-ink-3">
            {columns.map((column) => (
              <th key={column.id} scope="col" className={cellLook(column, 'py-1.5 font-normal')}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="h-(--row) border-b border-line last:border-0">
              {columns.map((column) => (
                <Cell key={column.id} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const cellLook = <Row,>(column: Column<Row>, extra: string) =>
  cx(
    'px-3 first:ps-0 last:pe-0',
    column.figures ? 'figures text-end' : 'text-start',
    extra,
    column.className,
  );

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  if (column.names) {
    return (
      <th scope="row" className={cellLook(column, 'py-1')}>
        {column.cell(row)}
      </th>
    );
  }
  return <td className={cellLook(column, 'py-1')}>{column.cell(row)}</td>;
}
