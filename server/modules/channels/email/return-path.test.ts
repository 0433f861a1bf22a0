import { expect, it } from 'vitest';
import { isOfOneHouse } from './return-path.ts';

it.each([
  ['vera@v.example', 'vera@v.example'],
  ['bounces+vera=desk.example@v.example', 'vera@v.example'],
  ['x@bounce.mail.v.example', 'vera@v.example'],
  ['vera@v.example', 'vera@mail.V.example'],
  ['vera@mail.shop.co.uk', 'vera@shop.co.uk'],
  ['vera@mail.vk.ru', 'vera@vk.ru'],
  ['vera@localhost', 'vera@localhost'],
  ['SRS0=HHH=TT=v.example=vera@forwarder.example', 'vera@v.example'],
  ['SRS1=HHH=first.example==HHH=TT=v.example=vera@second.example', 'vera@v.example'],
])('%s leads to the house of %s', (returnPath, address) => {
  expect(isOfOneHouse(returnPath, address)).toBe(true);
});

it.each([
  ['spammer@evil.example', 'innocent@bank.example'],
  ['innocent=bank.example@evil.example', 'innocent@bank.example'],
  ['x@evil.co.uk', 'x@bank.co.uk'],
  ['x@evil.com.au', 'x@bank.com.au'],
  ['x@bank.example.evil.test', 'x@bank.example'],
  ['SRS0=HHH=TT=evil.example=x@bank.example', 'x@bank.example'],
  ['', 'x@bank.example'],
  ['x@evil.example', ''],
])('%s does not lead to the house of %s', (returnPath, address) => {
  expect(isOfOneHouse(returnPath, address)).toBe(false);
});
