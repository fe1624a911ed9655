# One image, three commands: `node lib/web/main.ts`, `node lib/worker/main.ts` and `node local-chime/main.ts`.
# Settings and secrets come from outside; nothing in it is written to. See docs/production.md.

FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node node_modules/next/dist/bin/next build
RUN npm prune --omit=dev --no-audit --no-fund
RUN rm -rf .next/cache

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
COPY --from=build --chown=root:root /app /app
USER node
EXPOSE 3000
CMD ["node", "lib/web/main.ts"]
