# The image holds one static binary and nothing else: no shell, no package manager, no C library.
#
#   docker build --tag registry.example.com/platform/raygate:0.1.0 .
#
# The builder needs Rust (the version in rust-toolchain.toml), a C compiler, make and glibc's static library; any other image
# that has them can stand in: --build-arg BUILDER=….
ARG RUST_VERSION=1.95.0
ARG BUILDER=docker.io/library/rust:${RUST_VERSION}-bookworm

FROM ${BUILDER} AS build
WORKDIR /build
# A cargo profile of Cargo.toml: `dev` builds faster.
ARG PROFILE=release
# Linked statically against glibc, which works without its shared parts for all that Raygate asks of it (names are
# resolved from /etc/hosts and DNS). Naming the target keeps the flags away from build scripts and procedural macros,
# which cannot be static.
ARG RUSTFLAGS="-C target-feature=+crt-static"
# The dependencies first, in a layer of their own that only a changed manifest rebuilds: behind empty crates.
COPY Cargo.toml Cargo.lock ./
COPY core/Cargo.toml core/
# Cargo wants every member of the workspace; this one is for tests, stays empty, and is not built.
COPY tests/cluster/control-plane/Cargo.toml tests/cluster/control-plane/
RUN mkdir -p src core/src tests/cluster/control-plane/src \
    && echo '//! Empty.' | tee src/lib.rs core/src/lib.rs tests/cluster/control-plane/src/lib.rs > src/main.rs \
    && echo 'fn main() {}' >> src/main.rs \
    && cargo build --locked --profile "$PROFILE" --target "$(rustc --print host-tuple)" --bin raygate \
    && rm -r src core/src
COPY . .
# Cargo compares times, and the copied sources can be older than the empty crates.
RUN find src core/src -name '*.rs' -exec touch {} + \
    && cargo build --locked --profile "$PROFILE" --target "$(rustc --print host-tuple)" --bin raygate \
    && install -D -m 0555 target/*-*/*/raygate /image/raygate

FROM scratch
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="raygate" \
      org.opencontainers.image.description="The admission gate for KubeRay's RayJob" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /image/ /
# A number, because the kubelet cannot tell from a name whether it is root (runAsNonRoot).
USER 65532:65532
EXPOSE 10250 8080
ENTRYPOINT ["/raygate"]
CMD ["serve"]
