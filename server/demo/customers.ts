import type { Locale } from '../../i18n/locales.ts';
import type { Chance } from './chance.ts';

export interface CustomerPart {
  name: string;
  email: string;
  feminine: boolean;
  language: Locale;
  timeZone: string;
  organization: string | null;
}

/** `name|address|gender`; where only one address part stands, a mail provider is added. */
const people: Record<Locale, string> = {
  be: `Алена Кавалёва|alena.kavaliova|f;Мікола Жданковіч|m.zhdankovich|m;Святлана Пратасевіч|sviatlana.p|f;Андрэй Гайдук|haiduk.a|m;Кацярына Лях|kaciaryna.liach|f;Віктар Сінкевіч|v.sinkievich|m;Надзея Більдзюк|nadzieja.b|f;Уладзімір Астапчык|astapchyk.u|m;Дар’я Казлоўская|daria.kazlouskaja|f;Генадзь Мароз|hienadz.maroz|m;Ірына Цітова|iryna.citova|f;Максім Журавель|zhuraviel.m|m;Людміла Хведар|ludmila.chviedar|f;Арцём Навіцкі|arciom.navicki|m;Зоя Пашкевіч|zoja.pashkievich|f;Юры Кулеш|jury.kulesh|m;Вераніка Буйло|vieranika.bujlo|f;Станіслаў Дрозд|drozd.stas|m;Паліна Ермаковіч|palina.jer|f;Ягор Трафімчык|jahor.tr|m`,
  'zh-CN': `王雨桐|wangyutong|f;李建国|li.jianguo|m;张慧敏|zhanghuimin|f;刘子轩|liuzixuan88|m;陈思远|chensiyuan|m;杨丽娟|yanglijuan|f;赵文静|zhao.wenjing|f;黄志强|huangzq|m;周晓彤|zhouxiaotong|f;吴海涛|wuhaitao|m;徐佳怡|xujiayi|f;孙立新|sunlixin|m;马晓燕|maxiaoyan|f;朱浩然|zhuhaoran|m;郭美玲|guomeiling|f;何俊杰|hejunjie|m;高玉兰|gaoyulan|f;罗嘉豪|luojiahao|m;梁雪|liangxue|f;宋明远|songmingyuan|m`,
  'zh-TW': `陳淑芬|shufen.chen|f;林志偉|chihwei.lin|m;黃美惠|meihui.huang|f;張家豪|chiahao.chang|m;李佩蓉|peijung.lee|f;王建宏|chienhung.wang|m;吳雅婷|yating.wu|f;劉俊賢|chunhsien.liu|m;蔡宜臻|yichen.tsai|f;楊宗翰|tsunghan.yang|m;許惠雯|huiwen.hsu|f;鄭明哲|mingche.cheng|m;謝欣怡|hsinyi.hsieh|f;洪文彬|wenpin.hung|m;郭靜宜|chingyi.kuo|f;邱振宇|chenyu.chiu|m;曾麗華|lihua.tseng|f;廖柏鈞|pochun.liao|m;葉佳蓉|chiajung.yeh|f;蘇信安|hsinan.su|m`,
  en: `Margaret Ashworth|m.ashworth|f;Tom Hallett|tom.hallett|m;Priya Raman|priya.raman|f;Daniel Okafor|d.okafor|m;Ingrid Solheim|ingrid.solheim|f;Callum Reid|callumreid|m;Sofia Marchetti|sofia.marchetti|f;Ben Whitlock|ben.whitlock|m;Hannah Lindqvist|hannah.lq|f;Joris Vermeer|joris.v|m;Elif Demir|elif.demir|f;Graham Pike|graham.pike|m;Noor Haddad|noor.haddad|f;Patrick Dunne|pdunne|m;Emily Carver|emily.carver|f;Kenji Watanabe|kenji.w|m;Ruth Feldman|ruth.feldman|f;Oskar Nowak|oskar.nowak|m;Leila Farouk|leila.farouk|f;Simon Achterberg|s.achterberg|m`,
};

/** Who buys for a house: they write from its own address. */
const buyers: Record<Locale, string> = {
  be: `Аксана Радзюк|aksana@zialonaja-chata.example|f|Гарбатня «Зялёная хата»;Пётр Калядка|zakupki@kava-i-list.example|m|Кавярня «Кава і ліст»`,
  'zh-CN': `冯国梁|fengguoliang@yunqi-chashe.example|m|云栖茶舍;唐婉|tangwan@xiaoman-shuju.example|f|小满书局`,
  'zh-TW': `江承恩|chengen@shanwu-tea.example|m|山霧茶館;高詩涵|shihhan@jiufen-inn.example|f|九份小旅店`,
  en: `Rosalind Meade|rosalind@copperkettle-tearoom.example|f|Copper Kettle Tearoom;Marcus Thiel|marcus@nordlicht-office.example|m|Nordlicht Office Pantry`,
};

const providers: Record<Locale, string[]> = {
  be: ['poshta.example', 'list.example', 'skrynia.example'],
  'zh-CN': ['youxiang.example', 'yunxin.example'],
  'zh-TW': ['xinxiang.example', 'maillo.example'],
  en: ['postbox.example', 'inbox.example', 'letterbox.example'],
};

const zones: Record<Locale, string[]> = {
  be: ['Europe/Minsk'],
  'zh-CN': ['Asia/Shanghai'],
  'zh-TW': ['Asia/Taipei'],
  en: ['Europe/London', 'Europe/Berlin', 'America/New_York', 'Australia/Sydney', 'Europe/Stockholm'],
};

export const languages = Object.keys(people) as Locale[];

export function listCustomerParts(chance: Chance): CustomerPart[] {
  return languages.flatMap((language) =>
    [people[language], buyers[language]].flatMap((list) =>
      list.split(';').map((one) => readCustomer(one, language, chance)),
    ),
  );
}

function readCustomer(one: string, language: Locale, chance: Chance): CustomerPart {
  const [name = '', address = '', gender, organization = null] = one.trim().split('|');
  return {
    name,
    email: address.includes('@') ? address : `${address}@${chance.pick(providers[language])}`,
    feminine: gender === 'f',
    language,
    timeZone: chance.pick(zones[language]),
    organization,
  };
}
