'use client';

export { default } from '../accounts/error.tsx';
