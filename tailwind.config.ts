import type { Config } from 'tailwindcss';

/** Colour names say what a colour means; their values, light and dark, are in app/globals.css. */
const token = (name: string) => `var(--${name})`;

export default {
  content: ['./app/**/*.tsx', './components/**/*.tsx'],
  theme: {
    extend: {
      // In rem, so that text grows with the font size that is set in the browser.
      fontSize: {
        micro: '0.71875rem',
        tiny: '0.75rem',
        small: '0.8125rem',
        large: '0.9375rem',
        larger: '1rem',
        heading: '1.0625rem',
        title: '1.375rem',
        figure: '1.75rem',
        number: '2.5rem',
      },
      colors: {
        paper: token('paper'),
        sheet: token('sheet'),
        ink: token('ink'),
        quiet: token('quiet'),
        faint: token('faint'),
        line: { DEFAULT: token('line'), strong: token('line-strong') },
        hover: token('hover'),
        bell: { DEFAULT: token('bell'), soft: token('bell-soft'), ink: token('bell-ink') },
        good: { DEFAULT: token('good'), soft: token('good-soft') },
        wait: { DEFAULT: token('wait'), soft: token('wait-soft') },
        bad: { DEFAULT: token('bad'), soft: token('bad-soft') },
        focus: token('focus'),
      },
    },
  },
} satisfies Config;
