const words = new Intl.Segmenter('zh', { granularity: 'word' });

export const cut = (text) => Array.from(words.segment(text), ({ segment }) => segment);
