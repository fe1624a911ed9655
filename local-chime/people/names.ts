import type { Random } from './random.ts';

/** A name as its owner writes it, and in the letters an e-mail address is made of. */
export type PersonName = { display: string; given: string; family: string };

type Spelling = { own: string; latin: string };
type Order = 'given family' | 'family given' | 'familygiven';
type Language = { order: Order; given: Spelling[]; family: Spelling[] };

const lettersWithoutAccent: Record<string, string> = {
  ß: 'ss',
  ł: 'l',
  đ: 'd',
  ø: 'o',
  æ: 'ae',
  ı: 'i',
  þ: 'th',
  ð: 'd',
};

// "own/latin" where the letters are not Latin; otherwise the e-mail spelling is the name without its accents.
// Family names that have no second form for women or men, so that any two of a language go together.
const languages: Language[] = [
  language(
    'given family',
    'Olivia, Amelia, George, Noah, Isla, Harry, Freya, Oscar, Poppy, Leo, Grace, Theo, Ruby, Alfie, Siân, Zoë',
    'Smith, Jones, Taylor, Brown, Williams, Wilson, Davies, Evans, Walker, Roberts, O’Brien, Clarke, Hughes, Baker, Okafor, Turner',
  ),
  language(
    'given family',
    'Anna, Lukas, Jürgen, Sophie, Jörg, Käthe, Felix, Björn, Lea, Günther, Mia, Paul, Änne, Ralf, Ute, Sören',
    'Müller, Schmidt, Schröder, Weiß, Köhler, Groß, Jäger, Böhm, Fischer, Wagner, Krüger, Lange, Hübner, Vogel, Strauß, Bauer',
  ),
  language(
    'given family',
    'Léa, Chloé, Jérôme, François, Hélène, Noël, Anaïs, Benoît, Zoé, Étienne, Camille, Gaël, Inès, Rémi, Océane, Loïc',
    'Lefèvre, Dupont, Bélanger, Moreau, Gauthier, Lemaître, Côté, Fournier, Mercier, Châtelain, Rousseau, Béranger, Girard, Noël, Marchand, Hervé',
  ),
  language(
    'given family',
    'Sofía, José, Lucía, Íñigo, María, Andrés, Inés, Ramón, Belén, Joaquín, Ángel, Rocío, Julián, Martín, Noelia, Raúl',
    'García, Núñez, Martínez, Peña, Hernández, Ibáñez, Muñoz, Gómez, Fernández, Ordóñez, López, Castañeda, Ramírez, Jiménez, Ríos, Vélez',
  ),
  language(
    'given family',
    'João, Ana, Inês, Tomás, Beatriz, Gonçalo, Luísa, Simão, Conceição, Rui, Márcia, Caetano, Vitória, Nuno, Letícia, Estêvão',
    'Silva, Gonçalves, Araújo, Magalhães, Simões, Conceição, Guimarães, Falcão, Brandão, Teixeira, Assunção, Leitão, Fontes, Mourão, Vieira, Serrão',
  ),
  language(
    'given family',
    'Zofia, Łukasz, Małgorzata, Paweł, Agnieszka, Stanisław, Żaneta, Michał, Józef, Grażyna, Wojciech, Bożena, Sławomir, Róża',
    'Kowalczyk, Wójcik, Łuczak, Świątek, Żak, Pawłowicz, Sobczak, Mróz, Zając, Kępa, Wróbel, Gołąb, Pająk, Gąsior',
  ),
  language(
    'given family',
    'Åsa, Björn, Søren, Ingrid, Øyvind, Märta, Håkon, Sigrid, Lærke, Göran, Kjersti, Jørgen, Elin, Åke, Þóra, Guðrún',
    'Åkesson, Sjöberg, Østergård, Lindqvist, Bjørnstad, Håkansson, Kjær, Nyström, Ødegård, Sørensen, Lindström, Dahl, Ærø, Hägglund, Þorberg, Fjæstad',
  ),
  language(
    'given family',
    'Elif, Çağla, Emre, Gülşen, İbrahim, Işıl, Ömer, Şule, Yiğit, Ayşe, Barış, Özlem, Doğukan, Ümit, İpek, Ilgaz',
    'Yılmaz, Çelik, Şahin, Öztürk, Yıldız, Güneş, Koç, Aydın, Doğan, Kılıç, Işık, Özgür, Çakır, Taşkın, İnan, Kaya',
  ),
  language(
    'family given',
    'Minh Anh, Thị Hương, Văn Đức, Ngọc Bích, Quốc Việt, Thu Hà, Hữu Phước, Khánh Linh, Đình Trọng, Mỹ Duyên, Gia Bảo, Tuấn Kiệt',
    'Nguyễn, Trần, Lê, Phạm, Hoàng, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Vũ',
  ),
  language(
    'given family',
    'Jiří, Kateřina, Tomáš, Žofie, Václav, Šárka, Ondřej, Eliška, Matěj, Růžena, Zdeněk, Běta',
    'Krejčí, Kočí, Dolejší, Hořejší, Petrů, Janů, Martinů, Pavlů, Matějů, Jirků',
  ),
  language(
    'family given',
    'Zsófia, László, Ágnes, Gergő, Éva, Győző, Tünde, Ábel, Ilona, Örs, Réka, Dénes',
    'Nagy, Szűcs, Tóth, Kovács, Horváth, Kőszegi, Fülöp, Bíró, Gyöngyösi, Márton, Balázs, Szőke',
  ),
  language(
    'given family',
    'Ọlábísí, Adébáyọ̀, Chinwe, Fọlákẹ́, Nkẹ́m, Túndé, Ngozi, Ìyábọ̀, Emeka, Yéwándé',
    'Adéyẹmí, Ọ̀ṣúndáre, Nwosu, Okonkwo, Ògúnlẹ́yẹ, Balógun, Eze, Akíntọ́lá, Ìdòwú, Chukwu',
  ),
  language(
    'given family',
    'Ольга/olga, Дмитрий/dmitry, Анастасия/anastasia, Сергей/sergey, Наталья/natalya, Фёдор/fyodor, Юлия/yulia, Артём/artyom, Ксения/ksenia, Илья/ilya, Вера/vera, Олександр/oleksandr, Зоряна/zoriana',
    'Мельник/melnyk, Шевченко/shevchenko, Ткачук/tkachuk, Гончар/honchar, Черных/chernykh, Живаго/zhivago, Бондаренко/bondarenko, Ковальчук/kovalchuk, Долгих/dolgikh, Їжакевич/yizhakevych, Щерба/shcherba, Ємець/yemets',
  ),
  language(
    'given family',
    'Ελένη/eleni, Γιώργος/giorgos, Χρυσάνθη/chrysanthi, Νίκος/nikos, Ευαγγελία/evangelia, Θανάσης/thanasis, Ξένια/xenia, Οδυσσέας/odysseas, Ιώ/io, Κατερίνα/katerina',
    'Γεωργίου/georgiou, Νικολάου/nikolaou, Οικονόμου/oikonomou, Δήμου/dimou, Βασιλείου/vasileiou, Ιωάννου/ioannou, Αντωνίου/antoniou, Παπαδημητρίου/papadimitriou, Αθανασίου/athanasiou, Χρήστου/christou',
  ),
  language(
    'given family',
    'محمد/mohammed, فاطمة/fatima, أحمد/ahmed, ليلى/layla, يوسف/youssef, نور/nour, خالد/khaled, مريم/maryam, عمر/omar, هدى/huda, سلمى/salma, إبراهيم/ibrahim',
    'الحسن/alhasan, خوري/khoury, العتيبي/alotaibi, منصور/mansour, حداد/haddad, الشريف/alsharif, نجار/najjar, بن علي/benali, المصري/almasri, القحطاني/alqahtani',
  ),
  language(
    'given family',
    'נועה/noa, יונתן/yonatan, תמר/tamar, איתי/itai, שירה/shira, דוד/david, מיכל/michal, אורי/uri, רבקה/rivka, גיא/guy',
    'כהן/cohen, לוי/levi, מזרחי/mizrahi, פרץ/peretz, ביטון/biton, פרידמן/friedman, אוחיון/ohayon, שפירא/shapira, גבאי/gabay, רוזן/rosen',
  ),
  language(
    'familygiven',
    '伟/wei, 芳/fang, 秀英/xiuying, 敏/min, 静/jing, 丽华/lihua, 强/qiang, 磊/lei, 洋/yang, 雨桐/yutong, 浩然/haoran, 子涵/zihan, 嘉怡/jiayi, 建国/jianguo',
    '王/wang, 李/li, 张/zhang, 刘/liu, 陈/chen, 杨/yang, 赵/zhao, 黄/huang, 周/zhou, 吴/wu, 欧阳/ouyang, 司马/sima, 𠮷/ji, 龙/long',
  ),
  language(
    'family given',
    '太郎/taro, 花子/hanako, さくら/sakura, 健太/kenta, 美咲/misaki, ヒカル/hikaru, 翔/sho, 陽菜/hina, あかり/akari, 大輔/daisuke, ゆい/yui, 蓮/ren',
    '佐藤/sato, 鈴木/suzuki, 髙橋/takahashi, 田中/tanaka, 渡邊/watanabe, 伊藤/ito, 山本/yamamoto, 中村/nakamura, 小林/kobayashi, 加藤/kato, 﨑山/sakiyama, 長谷川/hasegawa',
  ),
  language(
    'familygiven',
    '민준/minjun, 서연/seoyeon, 지우/jiwoo, 하은/haeun, 도윤/doyun, 예린/yerin, 준호/junho, 수아/sua, 은지/eunji, 태양/taeyang, 별/byeol, 유진/yujin',
    '김/kim, 이/lee, 박/park, 최/choi, 정/jung, 강/kang, 조/cho, 윤/yoon, 장/jang, 임/lim, 남궁/namgung, 황보/hwangbo',
  ),
  language(
    'given family',
    'आरव/aarav, प्रिया/priya, विवान/vivaan, अनन्या/ananya, ऋषि/rishi, कृति/kriti, अर्जुन/arjun, श्रेया/shreya, ईशान/ishaan, दीपिका/deepika, लक्ष्मी/lakshmi, ज्ञानेश/gyanesh',
    'शर्मा/sharma, वर्मा/verma, गुप्ता/gupta, सिंह/singh, मिश्रा/mishra, जोशी/joshi, त्रिपाठी/tripathi, अय्यर/iyer, चौधरी/chaudhary, क्षत्रिय/kshatriya',
  ),
  language(
    'given family',
    'สมชาย/somchai, มาลี/malee, ณัฐวุฒิ/natthawut, กัญญา/kanya, ปิยะ/piya, อรุณี/arunee, ธนากร/thanakorn, วิภาวดี/wiphawadee, ก้อง/kong, น้ำฝน/namfon',
    'ใจดี/jaidee, สุขสวัสดิ์/suksawat, วงศ์ไทย/wongthai, ศรีสุข/srisuk, แก้วมณี/kaewmanee, ทองคำ/thongkham, รัตนกุล/rattanakul, บุญมี/boonmee',
  ),
];

/** A name out of one of the languages. */
export function personName(random: Random): PersonName {
  const { order, given, family } = random.pick(languages);
  const first = random.pick(given);
  const last = random.pick(family);
  const second = random.chance(0.12) ? random.pick(given) : undefined;
  const names = second && second !== first && order === 'given family' ? `${first.own} ${second.own}` : first.own;
  return { display: inOrder(order, names, last.own), given: first.latin, family: last.latin };
}

function inOrder(order: Order, given: string, family: string): string {
  if (order === 'given family') return `${given} ${family}`;
  return order === 'family given' ? `${family} ${given}` : `${family}${given}`;
}

function language(order: Order, given: string, family: string): Language {
  return { order, given: given.split(', ').map(spelling), family: family.split(', ').map(spelling) };
}

function spelling(entry: string): Spelling {
  const [own = '', latin] = entry.split('/');
  return { own, latin: latin ?? withoutAccents(own) };
}

/** The letters a to z that stand for a name written in Latin letters. */
function withoutAccents(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßłđøæıþð]/g, (letter) => lettersWithoutAccent[letter] ?? '')
    .replace(/[^a-z]/g, '');
}
