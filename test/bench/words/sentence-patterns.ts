import { SeededRandom } from '../../support/seeded-random';

/**
 * What the demonstration model can hear: sentences of these forms, in either language, with these words in them. Each
 * word stands for what it is (`{name}`, `{day}` …).
 */
const PATTERNS = {
  en: [
    'Hello {name}, please bring {number} {color} {thing}.',
    'The meeting is on {day} at {number}.',
    'We meet {place} on {day}.',
    '{name} has {number} {color} {thing}.',
    'Please call {name} on {day} at {number}.',
    'I will be {number} minutes late.',
    'The code is {number} {number} {number} {number}.',
    'Good morning {name}, see you on {day}.',
    'Where are the {color} {thing}?',
    'Thank you {name}, I am {place}.',
    'The train leaves on {day} at {number}.',
    'We need {number} {thing} {place}.',
  ],
  de: [
    'Hallo {name}, bitte bring {number} {color} {thing}.',
    'Das Treffen ist am {day} um {number}.',
    'Wir treffen uns {place} am {day}.',
    '{name} hat {number} {color} {thing}.',
    'Bitte ruf {name} am {day} um {number} an.',
    'Ich komme {number} Minuten später.',
    'Der Code ist {number} {number} {number} {number}.',
    'Guten Morgen {name}, bis {day}.',
    'Wo sind die {color} {thing}?',
    'Danke {name}, ich bin {place}.',
    'Der Zug fährt am {day} um {number}.',
    'Wir brauchen {number} {thing} {place}.',
  ],
};

const NAMES = ['Anna', 'Peter', 'Maria', 'Thomas', 'Julia', 'Martin'];
const WORDS: Record<Language, Record<string, readonly string[]>> = {
  en: {
    name: NAMES,
    day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    number: 'two three four five six seven eight nine ten eleven twelve'.split(' '),
    color: ['red', 'green', 'blue', 'black', 'white', 'yellow'],
    thing: ['apples', 'chairs', 'books', 'tickets', 'bottles', 'keys', 'flowers', 'letters'],
    place: [
      'at the station',
      'in the office',
      'at the hotel',
      'at the market',
      'at the airport',
      'at the school',
    ],
  },
  de: {
    name: NAMES,
    day: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
    number: 'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' '),
    color: ['rote', 'grüne', 'blaue', 'schwarze', 'weiße', 'gelbe'],
    thing: ['Äpfel', 'Stühle', 'Bücher', 'Karten', 'Flaschen', 'Schlüssel', 'Blumen', 'Briefe'],
    place: ['am Bahnhof', 'im Büro', 'im Hotel', 'am Markt', 'am Flughafen', 'in der Schule'],
  },
};

export type Language = keyof typeof PATTERNS;

/** One sentence, by chance. */
export function sentence(language: Language, random: SeededRandom): string {
  const pattern = random.oneOf(PATTERNS[language]);
  return pattern.replace(/\{(\w+)\}/g, (_, kind: string) => random.oneOf(WORDS[language][kind] ?? []));
}
