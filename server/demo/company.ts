import type { Locale } from '../../i18n/locales.ts';
import type { ScheduleDefinition } from '../modules/schedules/contract.ts';

export type SiteKey = 'minsk' | 'hangzhou' | 'taipei';
export type TeamKey = 'orders' | 'advice' | 'teaware' | 'billing' | 'partners';

export interface Site {
  key: SiteKey;
  name: string;
  domain: string;
  language: Locale;
  hours: ScheduleDefinition;
}

type Day = [string, string][];

const week = (day: Day, saturday: Day): ScheduleDefinition['hours'] => ({
  sun: [],
  mon: day,
  tue: day,
  wed: day,
  thu: day,
  fri: day,
  sat: saturday,
});

/** The days on which a site is closed, as `MM-DD`, for this year and the years beside it. */
function everyYear(year: number, days: string[]): string[] {
  return [year - 1, year, year + 1].flatMap((each) => days.map((day) => `${each}-${day}`));
}

/** Lantern's own mail server: it checks who a mail is from before the desk sees it. */
export const mailServer = 'mx.lantern.example';

/** Where Lantern ships from. A gap in the day is the lunch break. */
export function sitesOf(year: number): Site[] {
  return [
    {
      key: 'minsk',
      name: 'Minsk',
      domain: 'by.lantern.example',
      language: 'be',
      hours: {
        tz: 'Europe/Minsk',
        hours: week(
          [
            ['09:00', '13:00'],
            ['13:45', '18:30'],
          ],
          [['10:00', '15:00']],
        ),
        shifts: {},
        breaks: {},
        holidays: everyYear(year, [
          '01-01',
          '01-02',
          '01-07',
          '03-08',
          '05-01',
          '05-09',
          '07-03',
          '11-07',
          '12-25',
        ]),
      },
    },
    {
      key: 'hangzhou',
      name: 'Hangzhou',
      domain: 'cn.lantern.example',
      language: 'zh-CN',
      hours: {
        tz: 'Asia/Shanghai',
        hours: week(
          [
            ['09:00', '12:00'],
            ['13:30', '18:30'],
          ],
          [['09:30', '17:00']],
        ),
        shifts: {},
        breaks: {},
        holidays: everyYear(year, ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']),
      },
    },
    {
      key: 'taipei',
      name: 'Taipei',
      domain: 'tw.lantern.example',
      language: 'zh-TW',
      hours: {
        tz: 'Asia/Taipei',
        hours: week(
          [
            ['09:30', '12:30'],
            ['13:30', '19:00'],
          ],
          [['10:00', '16:00']],
        ),
        shifts: {},
        breaks: {},
        holidays: everyYear(year, ['01-01', '02-28', '04-04', '05-01', '10-10']),
      },
    },
  ];
}

export const teams: Record<TeamKey, { name: string; about: string }> = {
  orders: { name: 'Orders & delivery', about: 'Where a parcel is, and when it comes' },
  advice: { name: 'Tea advice', about: 'Which leaf, which water, how long' },
  teaware: { name: 'Teaware & damage', about: 'Pots, gaiwans, and what arrived broken' },
  billing: { name: 'Billing & invoices', about: 'Payments, refunds and papers' },
  partners: { name: 'Wholesale & partners', about: 'Tea houses, offices and shops' },
};

export const teamKeys = Object.keys(teams) as TeamKey[];

/** What a team is called at a site, on the letters that it sends. */
export const inboxNames: Record<SiteKey, Record<TeamKey, string>> = {
  minsk: {
    orders: 'Lantern: замовы і дастаўка',
    advice: 'Lantern: парады пра гарбату',
    teaware: 'Lantern: посуд',
    billing: 'Lantern: рахункі',
    partners: 'Lantern: партнёрам',
  },
  hangzhou: {
    orders: 'Lantern 订单与配送',
    advice: 'Lantern 茶叶咨询',
    teaware: 'Lantern 茶具与售后',
    billing: 'Lantern 账单与发票',
    partners: 'Lantern 批发与合作',
  },
  taipei: {
    orders: 'Lantern 訂單與配送',
    advice: 'Lantern 茶葉諮詢',
    teaware: 'Lantern 茶具與售後',
    billing: 'Lantern 帳單與發票',
    partners: 'Lantern 批發與合作',
  },
};

export const signatures: Record<SiteKey, string> = {
  minsk: 'Lantern · гарбата і посуд\nМінск · пн–пт 9:00–18:30, сб 10:00–15:00',
  hangzhou: 'Lantern 茶与茶具\n杭州 · 周一至周五 9:00–18:30，周六 9:30–17:00',
  taipei: 'Lantern 茶與茶具\n台北 · 週一至週五 9:30–19:00，週六 10:00–16:00',
};

export const inboxAddress = (team: TeamKey, site: Site): string => `${team}@${site.domain}`;
