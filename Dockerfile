# hark with its engine, for amd64 and arm64:  docker build -t hark .
# docs/deployment.md says how to run it; docker-compose.yml does so.

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/var/cache/npm npm ci --cache /var/cache/npm

# The engine, for any processor since about 2013 (amd64: x86-64-v3, that is AVX2 and FMA) or 2018 (arm64: ARMv8.2 with
# dot products, which a Raspberry Pi 5 has and a 4 has not). For older ones:
#   --build-arg ENGINE_CMAKE_FLAGS="-DGGML_AVX2=OFF -DGGML_FMA=OFF -DGGML_BMI2=OFF -DGGML_F16C=OFF"
#   --build-arg ENGINE_CMAKE_FLAGS="-DGGML_CPU_ARM_ARCH=armv8-a"
# GGML_NATIVE would make it for the processor of the machine that builds the image.
FROM node:24-bookworm-slim AS engine
RUN apt-get update \
  && apt-get install --yes --no-install-recommends cmake g++ make \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /engine
COPY --from=dependencies /app/node_modules/nodejs-whisper/cpp/whisper.cpp source
ARG ENGINE_CMAKE_FLAGS=""
RUN arm=""; if [ "$(uname -m)" = aarch64 ]; then arm="-DGGML_CPU_ARM_ARCH=armv8.2-a+dotprod+fp16"; fi \
  && cmake -S source -B build -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DWHISPER_BUILD_TESTS=OFF \
    -DGGML_LLAMAFILE=ON -DGGML_NATIVE=OFF $arm $ENGINE_CMAKE_FLAGS \
  && cmake --build build --target whisper-server --parallel "$(nproc)"

FROM dependencies AS build
COPY nest-cli.json tsconfig.json tsconfig.build.json .swcrc vite.config.mjs ./
COPY scripts/bundle.mjs scripts/
COPY src src
RUN npm run build

# What runs needs no compiler, no tests, no Node beside the image's own, and no source of the engine.
FROM node:24-bookworm-slim AS production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/var/cache/npm npm ci --cache /var/cache/npm --omit=dev --omit=optional \
  && rm -rf node_modules/nodejs-whisper/cpp

FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ffmpeg libgomp1 libstdc++6 tini \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node --mode=700 /data /data/models /uploads
COPY --from=engine /engine/build/bin/whisper-server /usr/local/bin/
WORKDIR /app
COPY LICENSE package.json ./
COPY models models
COPY scripts/healthcheck.mjs scripts/
COPY --from=production /app/node_modules node_modules
COPY --from=build /app/dist dist
RUN chmod +x dist/cli/hark.js && ln -s /app/dist/cli/hark.js /usr/local/bin/hark

ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data WHISPER_SERVER_BIN=/usr/local/bin/whisper-server
USER node
VOLUME /data
EXPOSE 3000
# tini passes signals on and collects what the engine and ffmpeg leave.
ENTRYPOINT ["tini", "--"]
CMD ["node", "--max-semi-space-size=2", "dist/main.js"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --start-interval=2s CMD ["node", "scripts/healthcheck.mjs"]
