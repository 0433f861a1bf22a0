/** Endings of Belarusian nouns, adjectives and verbs in folded letters (у for ў, е for ё), longest first. */
const endings = [
  'ваннем ваннямі ванняў аваць іваць яваць ямі амі аму яму ага яга ому ого ымі імі ыму іму аць яць іць ыць ець уць юць',
  'ула іла ала яла ылі ілі алі ялі еце іце ыце аем яем аюць ее ае яе ой ай яй ей ах ях ау яу оу еу ам ям ом ем ым ім ых іх',
  'ія ыя ую юю ае ое ее аю яю ою ею уе юе е а я у ю і ы о й ь',
]
  .join(' ')
  .replaceAll('ў', 'у')
  .split(' ')
  .sort((a, b) => b.length - a.length);

const shortestStem = 3;

/** Cuts one ending from a folded Belarusian word; what is left has at least three letters. */
export function stemBelarusian(folded: string): string {
  for (const ending of endings) {
    if (folded.length - ending.length >= shortestStem && folded.endsWith(ending))
      return folded.slice(0, -ending.length);
  }
  return folded;
}
