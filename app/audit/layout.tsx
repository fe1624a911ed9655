export { default } from '../accounts/layout.tsx';
