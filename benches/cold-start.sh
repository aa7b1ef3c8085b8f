#!/usr/bin/env bash
# What a start costs, beside a function that does nothing, as a table: see docs/load.md. Needs root for a share of a CPU.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --quiet --release --bin room-review-handler --example load --example bare
"${CARGO_TARGET_DIR:-target}/release/examples/load" cold-start
