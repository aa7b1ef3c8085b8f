#!/usr/bin/env bash
# A rule author's first hour: write a rule, see lint refuse it, mend it, ask why a message is caught, and try it on a day of chat
# before anybody has to live with it. Runs every command as written, in a folder of its own:
#
#     docs/first-hour.sh
#
# Needs Rust. BIN=DIR takes the two programs from DIR instead of building them.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${BIN:-}" ]; then
    cargo build --release --bin room-review --example sample_logs
    BIN=${CARGO_TARGET_DIR:-target}/release
fi
BIN=$(cd "$BIN" && pwd)
PATH="$BIN:$BIN/examples:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

run() {
    printf '\n$ %s\n' "$*" >&2
    "$@"
}

# Fails unless the file $1 holds the text $2.
holds() {
    grep -qF -- "$2" "$1" || { echo "$1 does not hold: $2"; exit 1; }
}

# Runs a command that has to fail, and say the text $1.
fails() {
    local text=$1
    shift
    if run "$@" >said.txt 2>&1; then
        echo "this should have failed"
        exit 1
    fi
    cat said.txt
    holds said.txt "$text"
}

file=rules/terms/en/scam.toml

printf '\n== 1. A rule to fill in\n'
run room-review --rules rules new-rule house.freebies --language en --category scam --term giveaway --term 'gift card'
fails 'still to be written' room-review lint rules

printf '\n== 2. Filled in, with a mistake; and mended\n'
sed -i -e 's/^hits = .*/hits = ["free |gift card|s, dm me"]/' -e 's/^misses = .*/misses = ["a gift for you"]/' \
    -e 's/^why = .*/why = "Who offers these here wants something else."/' "$file"
fails 'this example is caught as' room-review lint rules
sed -i 's/|gift card|s/|gift cards|/' "$file"
run room-review lint rules

printf '\n== 3. What the reviewer sees in a message\n'
run room-review --rules rules explain 'free g1ft cards, dm me' | tee explain.txt
holds explain.txt house.freebies

printf '\n== 4. A day of chat, 100,000 messages, before the rule and with it\n'
run sample_logs logs --messages 100000
run room-review --rules rules replay logs --against builtin --samples 2 --top 3 --changes 2 | tee first.txt
holds first.txt 'house.freebies: nothing before, deny now'
holds first.txt 'how do I join the |giveaway|'

printf '\n== 5. It catches people who only ask. So they are excused, and the day is tried again\n'
run sed -i 's/^hits/except = ["join the giveaway"]\nhits/' "$file"
run room-review lint rules
run room-review --rules rules replay logs --against builtin --samples 2 --top 3 --changes 2 | tee second.txt
holds second.txt 'house.freebies: nothing before, deny now'
if grep -qF 'join the |giveaway|' second.txt; then
    echo "who asks for the giveaway is still denied"
    exit 1
fi

printf '\n== 6. One room of it as a page to show around\n'
rooms=(logs/AWSLogs/*/IVSChatLogs/*/*/room_*)
run room-review --rules rules replay "${rooms[0]}" --against builtin --redact --format html >report.html
head -c 15 report.html | grep -qF '<!DOCTYPE html>'
printf '\ndone in %d s\n' "$SECONDS"
