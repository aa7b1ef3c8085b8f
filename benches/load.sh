#!/usr/bin/env bash
# The function under load, as a table: see docs/load.md. SECONDS of each run as the first argument; needs root for a share of a CPU.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --quiet --release --bin room-review-handler --example load
"${CARGO_TARGET_DIR:-target}/release/examples/load" load "${1:-60}"
