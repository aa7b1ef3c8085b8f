#!/usr/bin/env bash
# A rule author's first rule: scaffold a rule, see it fail lint, fix it, explain a message, try labelled messages.
# ROOM_REVIEW names the program; without it, cargo builds one. Works in a folder of its own and leaves nothing behind.
set -euo pipefail
if [[ -z ${ROOM_REVIEW:-} ]]; then
    cd "$(dirname "$0")/.."
    cargo build --locked --quiet --bin room-review
    ROOM_REVIEW=$(realpath "${CARGO_TARGET_DIR:-target}/debug/room-review")
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
unset RULES_DIR
file=my-rules/terms/en/profanity.toml

# Runs a command, shows it, and holds it to the exit code and to a text that it must say.
says() {
    local code=$1 text=$2 said got=0
    shift 2
    printf '\n$ room-review %s\n' "$*"
    said=$("$ROOM_REVIEW" "$@" 2>&1) || got=$?
    printf '%s\n' "$said"
    if [[ $got != "$code" || $said != *"$text"* ]]; then
        echo "first-rule: expected exit $code and: $text (exit $got)" >&2
        exit 1
    fi
}

says 0 "wrote house.rival" --rules my-rules new-rule house.rival --language en --category profanity
says 1 "4 mistakes" lint my-rules
sed -i -e 's/^terms = .*/terms = ["voldemort"]/' -e 's/^hits = .*/hits = ["do not say |voldemort|"]/' \
    -e 's/^misses = .*/misses = ["what a volley", "nice voldemort cosplay"]/' \
    -e 's/^why = .*/why = "He who must not be named in this room."/' "$file"
says 1 'this near miss is caught: "nice |voldemort| cosplay"' lint my-rules
sed -i 's/^hits = /except = ["voldemort cosplay"]\nhits = /' "$file"
says 0 "1 rule, 1 term, fine" lint my-rules
says 0 'REWRITE "*********, nice voldemort cosplay"' --rules my-rules explain 'V0ld3m0rt, nice voldemort cosplay'
says 0 "action        mask" --rules my-rules rules house.rival
printf 'mask\tV.o.l.d.e.m.o.r.t is back\nallow\tnice voldemort cosplay\ndeny\tvoldemort again\n' >messages.txt
says 1 "expected deny, got mask" --rules my-rules test --messages-only messages.txt
sed -i 's/^severity = .*/severity = "severe"/' "$file"
says 1 "expected mask, got deny" --rules my-rules test --messages-only messages.txt
