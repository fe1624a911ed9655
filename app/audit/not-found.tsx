export { default } from '../accounts/not-found.tsx';
