import type { Answer } from '../src/answers/answer.ts';

/** An answer of which a test says what it is about. */
export function answerOf(question: Answer['question'], objects: Answer['objects'], more: Partial<Answer> = {}): Answer {
  const when = { who: 'Ann', at: '2026-11-30T08:00:00.000Z', seconds: 2.5 };
  return { question, objects, asked: [{ label: 'dog', score: 0.5 }], model: 'toy', ...when, ...more };
}

/** What a browser keeps. */
export function storageOf(entries: Readonly<Record<string, string>> = {}): Storage {
  const kept = new Map(Object.entries(entries));
  return {
    get length() {
      return kept.size;
    },
    key: (at: number) => [...kept.keys()][at] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}
