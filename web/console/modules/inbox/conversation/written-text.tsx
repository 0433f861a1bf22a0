import { Fragment } from 'react';

const address = /(https?:\/\/[^\s<>"'）】」]+[^\s<>"'.,;:!?)\]}）】」。，])/g;

/** Text as it was written, with its web addresses made links. */
export function WrittenText({ text }: { text: string }) {
  return (
    <div dir="auto" className="each-paragraph whitespace-pre-wrap wrap-anywhere">
      {text.split(address).map((part, index) => {
        const key = `${index}-${part.length}`;
        if (index % 2 === 0) return <Fragment key={key}>{part}</Fragment>;
        return (
          <a key={key} dir="ltr" href={part} target="_blank" rel="noopener noreferrer nofollow">
            {part}
          </a>
        );
      })}
    </div>
  );
}
