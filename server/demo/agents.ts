import { type SiteKey, type TeamKey, teamKeys } from './company.ts';

export interface AgentPart {
  name: string;
  /** For letters in English, and for the address. */
  latin: string;
  feminine: boolean;
  site: SiteKey;
  team: TeamKey;
  role: 'agent' | 'lead' | 'manager';
}

/** By team in the order of `teamKeys`; `*` leads the team, `**` manages. */
const rosters: Record<SiteKey, string[]> = {
  minsk: [
    'Марына Саўко|Maryna Sauko|f, *Антон Бяроза|Anton Biaroza|m, Вольга Ластоўская|Volha Lastouskaja|f, Ілля Кунцэвіч|Illia Kuncevich|m',
    'Ганна Верасень|Hanna Vierasien|f, Павел Дудко|Pavel Dudko|m, Ксенія Мядзведзь|Ksienija Miadzvedz|f',
    'Яўген Рамановіч|Jauhien Ramanovich|m, Наста Грыцук|Nasta Hrycuk|f, Сяргей Лозка|Siarhei Lozka|m',
    '*Таццяна Шыманская|Tacciana Shymanskaja|f, Дзмітры Акуліч|Dzmitry Akulich|m, **Алеся Кароль|Alesia Karol|f',
    'Кірыл Вашчыла|Kiryl Vashchyla|m, Юлія Станкевіч|Julija Stankievich|f, Раман Палівода|Raman Palivoda|m',
  ],
  hangzhou: [
    '沈嘉宁|Shen Jianing|f, 陆一鸣|Lu Yiming|m, 童晓雯|Tong Xiaowen|f',
    '*方若溪|Fang Ruoxi|f, 郑启航|Zheng Qihang|m, 叶知秋|Ye Zhiqiu|f',
    '蒋文博|Jiang Wenbo|m, 俞思琪|Yu Siqi|f',
    '胡雅静|Hu Yajing|f, **孟庆和|Meng Qinghe|m',
    '*楼建平|Lou Jianping|m, 钟可欣|Zhong Kexin|f',
  ],
  taipei: [
    '林怡君|Lin Yi-chun|f, 張哲瑋|Chang Che-wei|m, 許雅筑|Hsu Ya-chu|f',
    '陳品妤|Chen Pin-yu|f, 蔡承翰|Tsai Cheng-han|m, 簡郁婷|Chien Yu-ting|f',
    '*黃柏翰|Huang Po-han|m, 賴思穎|Lai Szu-ying|f',
    '吳佩珊|Wu Pei-shan|f, 鄭凱文|Cheng Kai-wen|m',
    '謝宜庭|Hsieh Yi-ting|f, 周冠廷|Chou Kuan-ting|m',
  ],
};

/** The forty who answer for Lantern. */
export function listAgentParts(): AgentPart[] {
  return Object.entries(rosters).flatMap(([site, byTeam]) =>
    byTeam.flatMap((line, index) =>
      line.split(', ').map((one) => readAgent(one, site as SiteKey, teamKeys[index] as TeamKey)),
    ),
  );
}

function readAgent(one: string, site: SiteKey, team: TeamKey): AgentPart {
  const [name = '', latin = '', gender] = one.replace(/^\*+/, '').split('|');
  const role = one.startsWith('**') ? 'manager' : one.startsWith('*') ? 'lead' : 'agent';
  return { name, latin, feminine: gender === 'f', site, team, role };
}

export const addressOfAgent = ({ latin }: AgentPart): string =>
  `${latin
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .replace(' ', '.')}@lantern.example`;
