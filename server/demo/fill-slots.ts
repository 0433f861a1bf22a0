import type { Locale } from '../../i18n/locales.ts';
import type { AgentPart } from './agents.ts';
import type { Chance } from './chance.ts';
import type { CustomerPart } from './customers.ts';

export type Slots = Record<string, string>;

const teas: Record<Locale, string[]> = {
  be: ['«Лунцзін»', '«Цегуаньінь»', '«Дун Дзін»', '«Усходняя прыгажуня»', '«Бай Му Дань»', '«Дзянь Хун»'],
  'zh-CN': ['明前龙井', '安溪铁观音', '冻顶乌龙', '东方美人', '白牡丹', '凤凰单丛'],
  'zh-TW': ['凍頂烏龍', '東方美人', '阿里山高山茶', '木柵鐵觀音', '文山包種', '西湖龍井'],
  en: ['Longjing', 'Tieguanyin', 'Dong Ding Oolong', 'Oriental Beauty', 'Bai Mudan', 'Dian Hong'],
};

const pots: Record<Locale, string[]> = {
  be: ['гайвань «Снег»', 'ісінскі імбрык «Сі Шы»', 'гайвань «Лотас»', 'чахай «Празрысты»'],
  'zh-CN': ['白瓷盖碗', '宜兴紫砂西施壶', '青瓷盖碗', '玻璃公道杯'],
  'zh-TW': ['白瓷蓋碗', '宜興紫砂西施壺', '青瓷蓋碗', '玻璃公道杯'],
  en: ['white porcelain gaiwan', 'Yixing Xi Shi pot', 'celadon gaiwan', 'glass fairness cup'],
};

/** For Belarusian also the form after "у". */
const cities: Record<Locale, string[]> = {
  be: [
    'Гродна|Гродне',
    'Віцебск|Віцебску',
    'Гомель|Гомелі',
    'Брэст|Брэсце',
    'Полацк|Полацку',
    'Мінск|Мінску',
  ],
  'zh-CN': ['上海', '南京', '成都', '广州', '武汉', '苏州'],
  'zh-TW': ['台北', '台中', '高雄', '新竹', '花蓮', '台南'],
  en: ['London', 'Berlin', 'Stockholm', 'Boston', 'Melbourne', 'Dublin'],
};

const grams = ['50', '100', '150', '250'];

/** The words of one conversation: drawn once, so that a number stays the same in every message. */
export function drawSlots(chance: Chance, customer: CustomerPart): Slots {
  const { language } = customer;
  const [city = '', inCity = city] = chance.pick(cities[language]).split('|');
  return {
    order: `LN-${chance.whole(40_100, 58_900)}`,
    second: `LN-${chance.whole(40_100, 58_900)}`,
    track: `LT${chance.whole(10_000_000, 99_999_999)}`,
    invoice: `R-${chance.whole(2100, 9800)}`,
    tea: chance.pick(teas[language]),
    pot: chance.pick(pots[language]),
    // The last of them has no lid.
    lidded: chance.pick(pots[language].slice(0, -1)),
    city,
    incity: inCity,
    grams: chance.pick(grams),
    sum: String(chance.whole(24, 190)),
    boxes: String(chance.whole(6, 30)),
    days: String(chance.whole(6, 12)),
    me: customer.name,
    dear: dearOf(customer),
  };
}

function dearOf({ name, language, feminine }: CustomerPart): string {
  if (language === 'zh-CN') return `${name.slice(0, 1)}${feminine ? '女士' : '先生'}`;
  if (language === 'zh-TW') return `${name.slice(0, 1)}${feminine ? '小姐' : '先生'}`;
  return name.split(' ')[0] ?? name;
}

/** How an agent signs: in the customer's script when it is their own, else in Latin letters. */
export function signOf(agent: AgentPart, language: Locale): string {
  if (language === 'be' && agent.site === 'minsk') return agent.name.split(' ')[0] ?? agent.name;
  if (language.startsWith('zh') && agent.site !== 'minsk') return agent.name;
  if (agent.site === 'minsk') return agent.latin.split(' ')[0] ?? agent.latin;
  return agent.latin.split(' ')[1] ?? agent.latin;
}

/** `{slot}` is a word of the conversation; `{ў|ла}` the ending of a man or a woman, after who speaks. */
export function fillSlots(text: string, slots: Slots, speaker: { feminine: boolean }): string {
  return text
    .replace(/\{([^{}|]*)\|([^{}|]*)\}/g, (_, masculine: string, feminine: string) =>
      speaker.feminine ? feminine : masculine,
    )
    .replace(/\{(\w+)\}/g, (_, name: string) => {
      const word = slots[name];
      if (word === undefined) throw new Error(`a story asks for {${name}}`);
      return word;
    });
}
