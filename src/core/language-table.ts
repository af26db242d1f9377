/**
 * The 99 languages of Whisper's multilingual models: code, English name, own name. The codes are Whisper's, which are
 * ISO 639-1 but for `jw` (Javanese), `haw` and a few that have no two letters.
 */
const TABLE = `
af Afrikaans|Afrikaans
am Amharic|አማርኛ
ar Arabic|العربية
as Assamese|অসমীয়া
az Azerbaijani|Azərbaycanca
ba Bashkir|Башҡортса
be Belarusian|Беларуская
bg Bulgarian|Български
bn Bengali|বাংলা
bo Tibetan|བོད་སྐད་
br Breton|Brezhoneg
bs Bosnian|Bosanski
ca Catalan|Català
cs Czech|Čeština
cy Welsh|Cymraeg
da Danish|Dansk
de German|Deutsch
el Greek|Ελληνικά
en English|English
es Spanish|Español
et Estonian|Eesti
eu Basque|Euskara
fa Persian|فارسی
fi Finnish|Suomi
fo Faroese|Føroyskt
fr French|Français
gl Galician|Galego
gu Gujarati|ગુજરાતી
ha Hausa|Hausa
haw Hawaiian|ʻŌlelo Hawaiʻi
he Hebrew|עברית
hi Hindi|हिन्दी
hr Croatian|Hrvatski
ht Haitian Creole|Kreyòl ayisyen
hu Hungarian|Magyar
hy Armenian|Հայերեն
id Indonesian|Bahasa Indonesia
is Icelandic|Íslenska
it Italian|Italiano
ja Japanese|日本語
jw Javanese|Basa Jawa
ka Georgian|ქართული
kk Kazakh|Қазақша
km Khmer|ខ្មែរ
kn Kannada|ಕನ್ನಡ
ko Korean|한국어
la Latin|Latina
lb Luxembourgish|Lëtzebuergesch
ln Lingala|Lingála
lo Lao|ລາວ
lt Lithuanian|Lietuvių
lv Latvian|Latviešu
mg Malagasy|Malagasy
mi Maori|Te reo Māori
mk Macedonian|Македонски
ml Malayalam|മലയാളം
mn Mongolian|Монгол
mr Marathi|मराठी
ms Malay|Bahasa Melayu
mt Maltese|Malti
my Burmese|မြန်မာဘာသာ
ne Nepali|नेपाली
nl Dutch|Nederlands
nn Norwegian Nynorsk|Nynorsk
no Norwegian|Norsk
oc Occitan|Occitan
pa Punjabi|ਪੰਜਾਬੀ
pl Polish|Polski
ps Pashto|پښتو
pt Portuguese|Português
ro Romanian|Română
ru Russian|Русский
sa Sanskrit|संस्कृतम्
sd Sindhi|سنڌي
si Sinhala|සිංහල
sk Slovak|Slovenčina
sl Slovenian|Slovenščina
sn Shona|ChiShona
so Somali|Soomaali
sq Albanian|Shqip
sr Serbian|Српски
su Sundanese|Basa Sunda
sv Swedish|Svenska
sw Swahili|Kiswahili
ta Tamil|தமிழ்
te Telugu|తెలుగు
tg Tajik|Тоҷикӣ
th Thai|ไทย
tk Turkmen|Türkmençe
tl Tagalog|Tagalog
tr Turkish|Türkçe
tt Tatar|Татарча
uk Ukrainian|Українська
ur Urdu|اردو
uz Uzbek|Oʻzbekcha
vi Vietnamese|Tiếng Việt
yi Yiddish|ייִדיש
yo Yoruba|Yorùbá
zh Chinese|中文
`;

export interface Language {
  /** As Whisper writes it. */
  code: string;
  englishName: string;
  ownName: string;
}

/** In the order of their codes. */
export const LANGUAGES: readonly Language[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [, code = '', englishName = '', ownName = ''] = /^(\S+) (.+)\|(.+)$/.exec(line) ?? [];
    return { code, englishName, ownName };
  });

/** Other names and codes that people and programs use for them. */
export const LANGUAGE_ALIASES: Readonly<Record<string, string>> = {
  castilian: 'es',
  valencian: 'ca',
  flemish: 'nl',
  mandarin: 'zh',
  farsi: 'fa',
  filipino: 'tl',
  fil: 'tl',
  haitian: 'ht',
  letzeburgesch: 'lb',
  moldavian: 'ro',
  moldovan: 'ro',
  myanmar: 'my',
  bokmål: 'no',
  nb: 'no',
  nynorsk: 'nn',
  panjabi: 'pa',
  pushto: 'ps',
  sinhalese: 'si',
  jv: 'jw',
  iw: 'he',
  in: 'id',
  ji: 'yi',
};
