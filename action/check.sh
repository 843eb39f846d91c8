#!/usr/bin/env bash
# What the action of ../action.yml runs. Its inputs come as INPUT_…; its status is that of `iam-policy-refiner check`.
# The bash of macOS is old: no namerefs, no mapfile.
set -euo pipefail
has_globstar=true
shopt -s globstar 2>/dev/null || has_globstar=false

# Ends as `check` does when it cannot be done; a status of 1 would say that something is unused.
fail() {
  echo "::error title=IAM Policy Refiner::$1"
  exit 2
}

# Adds the lines of a text to the arguments, each behind a prefix.
add_lines() {
  local prefix=$1 line file IFS=
  while read -r line; do
    # It would mean `*`, and all that lies deeper would pass.
    if [[ $has_globstar == false && $line == *'**'* ]]; then
      fail "The bash of this runner is too old for '**': name the folder itself, or let a newer bash come first in PATH"
    fi
    # Without quotes, so that globs are expanded; nothing is split, for IFS is empty.
    for file in ${line%$'\r'}; do arguments+=("$prefix$file"); done
  done <<<"$2"
}

# Adds an option, unless its value is empty.
add_option() {
  if [[ -n $2 ]]; then arguments+=("$1=$2"); fi
}

# Prints a file to the log. None of its lines speaks to the runner, whatever the names of files in it are.
show() {
  local token
  token=$(node -p 'crypto.randomUUID()')
  echo "::stop-commands::$token"
  cat "$1"
  echo "::$token::"
}

# Shortens a file so that it fits into a summary, and makes it a block of code.
quote() {
  head -c "$2" "$1" | sed 's/^/    /'
}

arguments=()
add_lines --findings= "$INPUT_FINDINGS"
add_option --config "$INPUT_CONFIG"
add_option --severity "$INPUT_SEVERITY"
add_option --baseline "$INPUT_BASELINE"
add_option --max-unused "$INPUT_MAX_UNUSED"
case $INPUT_REQUIRE_FINDINGS in
  true) arguments+=(--require-findings) ;;
  false) ;;
  *) fail "The input 'require-findings' must be 'true' or 'false'" ;;
esac
case $INPUT_FORMAT in
  github | sarif) ;;
  *) fail "The input 'format' must be 'github' or 'sarif'" ;;
esac
[[ $INPUT_VERSION =~ ^[0-9A-Za-z.+-]+$ ]] || fail "The input 'version' must be a version such as '1.2.3'"
# Nothing behind this is an option.
arguments+=(--)
add_lines '' "$INPUT_PATHS"

node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' ||
  fail 'Node.js 20 or newer is needed: let actions/setup-node run before'

# Away from the repository: an .npmrc that a pull request brings along must not say where packages come from.
folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/iam-policy-refiner.XXXXXX")
(cd "$folder" && npm install --prefix "$folder" --no-audit --no-fund --ignore-scripts --loglevel=error \
  "iam-policy-refiner@$INPUT_VERSION") || fail 'The npm package iam-policy-refiner could not be installed; the log says why'

check() {
  "$folder/node_modules/.bin/iam-policy-refiner" check "--format=$1" "${arguments[@]}"
}

status=0
check text >"$folder/text" 2>"$folder/messages" || status=$?
if [[ $INPUT_FORMAT == github ]]; then
  check github 2>/dev/null || true
else
  check sarif >"$folder/iam-policy-refiner.sarif" 2>/dev/null || true
  show "$folder/text"
  if [[ -s $folder/iam-policy-refiner.sarif ]]; then
    echo "sarif-file=$folder/iam-policy-refiner.sarif" >>"$GITHUB_OUTPUT"
  fi
fi
show "$folder/messages"

# GitHub takes 1 MiB.
{
  printf '### IAM Policy Refiner\n\n'
  quote "$folder/text" 700000
  quote "$folder/messages" 100000
} >>"$GITHUB_STEP_SUMMARY"

[[ $status -le 1 ]] || fail 'Not all of the policies could be checked; the log says why'
exit "$status"
