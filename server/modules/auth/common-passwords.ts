/** The passwords that guessing starts with, of eight characters and more; compared without case. */
const common = `
password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword pa$$word pa$$w0rd
12345678 123456789 1234567890 12345678910 0123456789 987654321 9876543210 87654321 11111111 1111111111
00000000 0000000000 22222222 55555555 66666666 77777777 88888888 99999999 123123123 12341234
11223344 1122334455 112233445566 12344321 147258369 159753159 741852963 789456123 135792468 13579246
qwertyui qwertyuiop qwerty123 qwerty12 qwerty1234 qwerty12345 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx
1qaz2wsx3edc qazwsxedc zaq12wsx zaq1zaq1 q1w2e3r4 q1w2e3r4t5 asdfghjk asdfghjkl asdfasdf zxcvbnm123
zxcvbnm1 abcd1234 abcdefgh abc12345 abc123456 a1b2c3d4 a1234567 a12345678 aa123456 aaaaaaaa
iloveyou iloveyou1 iloveyou2 letmein1 letmein123 welcome1 welcome12 welcome123 changeme changeme1
changeme123 trustno1 sunshine sunshine1 princess princess1 football football1 baseball baseball1
superman superman1 batman123 starwars whatever computer internet corvette mustang1 michelle jennifer
charlie1 jordan23 liverpool chelsea1 arsenal1 pokemon1 dragon123 monkey123 shadow123 master123
admin123 admin1234 admin12345 administrator root1234 rootroot test1234 testtest guest123 default1
secret123 support1 support123 helpdesk helpdesk1 firstline firstline1 company1 spring2026 summer2026 winter2026
`;

const known = new Set(common.trim().split(/\s+/));

export function isCommonPassword(password: string): boolean {
  return known.has(password.toLowerCase());
}
