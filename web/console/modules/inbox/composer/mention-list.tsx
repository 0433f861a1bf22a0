import type { Staff } from '../../../../../server/modules/staff/contract.ts';
import { Avatar } from '../../../../ui/avatar.tsx';
import { optionLook } from '../../../../ui/menu.tsx';
import type { useOptions } from '../../../../ui/use-options.ts';

type MentionListProps = { people: readonly Staff[]; list: ReturnType<typeof useOptions> };

/** Colleagues that an @ may mean, above the box that keeps the focus. */
export function MentionList({ people, list }: MentionListProps) {
  return (
    <div
      {...list.listProps}
      className="absolute start-3 bottom-full z-20 mb-1 w-80 max-w-[calc(100%-24px)] rounded-md bg-raised p-1 shadow-float"
    >
      {people.map((person, index) => (
        <div key={person.id} {...list.optionProps(index)} className={optionLook}>
          <Avatar name={person.name} size="small" />
          <bdi className="shrink-0 max-w-[60%] truncate">{person.name}</bdi>
          <bdi className="min-w-0 truncate text-dense text-ink-3">{person.email}</bdi>
        </div>
      ))}
    </div>
  );
}
