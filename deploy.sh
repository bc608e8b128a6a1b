#!/usr/bin/env bash
# Builds the images of the named apps, pushes them and updates the stack.
set -euo pipefail

readonly registry=${REGISTRY:-registry.rose-ash.com:5000}
readonly stack=${STACK:-coop}
readonly apps=(blog market cart events federation account)
# What every image is made of. A change in here concerns all of them.
readonly shared=(
  packages _config docker-compose.yml package.json pnpm-lock.yaml pnpm-workspace.yaml .dockerignore
  ':(exclude)packages/local' ':(exclude)packages/testing' ':(exclude,glob)**/*.test.ts' ':(exclude,glob)**/test-*.ts'
)

usage() {
  cat <<'TEXT'
Usage: ./deploy.sh [--dry-run] [--all | APP...]

  APP...      these: blog market cart events federation account
  --all       all six
  (nothing)   those that changed since they were last deployed from here, or have no image
  --dry-run   say what would be done, and do nothing

What was deployed last is remembered in git, as refs/deployed/APP.
TEXT
}

main() {
  local dry_run='' all='' named=()
  while (($#)); do
    case $1 in
      --dry-run) dry_run=yes ;;
      --all) all=yes ;;
      -h | --help) usage && return ;;
      -*) fail "There is no option $1." "$(usage)" ;;
      *) is_app "$1" || fail "There is no app called '$1'." "The apps are: ${apps[*]}." && named+=("$1") ;;
    esac
    shift
  done
  [[ -z $all || ${#named[@]} -eq 0 ]] || fail 'Say either --all or which apps, not both.'

  cd "$(dirname "${BASH_SOURCE[0]}")"
  check_surroundings
  local commit chosen=()
  commit=$(git rev-parse HEAD)
  if [[ $all ]]; then
    chosen=("${apps[@]}")
  elif ((${#named[@]})); then
    mapfile -t chosen < <(printf '%s\n' "${named[@]}" | awk '!seen[$0]++')
  else
    mapfile -t chosen < <(outdated_apps)
  fi
  if ((${#chosen[@]} == 0)); then
    echo 'Nothing has changed since the last deploy.'
    return
  fi
  echo "Deploying ${chosen[*]} at $(git rev-parse --short "$commit")."

  local app image
  for app in "${chosen[@]}"; do
    image=$registry/$app
    run docker build --file "apps/$app/Dockerfile" --label "org.opencontainers.image.revision=$commit" \
      --tag "$image:latest" --tag "$image:${commit:0:12}" .
  done
  for app in "${chosen[@]}"; do
    run docker push --all-tags "$registry/$app"
  done
  # Compares every service with this file and the registry, updates those that differ, and waits: an
  # update that does not become healthy is rolled back and fails here.
  run docker stack deploy --compose-file docker-compose.yml --with-registry-auth --detach=false "$stack"
  for app in "${chosen[@]}"; do
    run git update-ref "refs/deployed/$app" "$commit"
  done
}

is_app() {
  local app
  for app in "${apps[@]}"; do [[ $app == "$1" ]] && return; done
  return 1
}

check_surroundings() {
  command -v docker >/dev/null || fail 'docker is not installed here.'
  git rev-parse --verify --quiet HEAD >/dev/null || fail 'This folder is not a git checkout.'
  if [[ -n $(git status --porcelain) ]]; then
    fail 'There are changes that are not committed, and what runs must be a commit:' "$(git status --short)"
  fi
  [[ -f .env ]] || fail 'There is no .env. Copy .env.example and fill it in.'
  set -a
  # shellcheck source=/dev/null
  . ./.env
  set +a
}

# Prints an app a line.
outdated_apps() {
  local app
  for app in "${apps[@]}"; do
    if is_outdated "$app"; then echo "$app"; fi
  done
}

is_outdated() {
  local deployed
  # A commit that history no longer has (a shallow or rewritten checkout) tells nothing.
  deployed=$(git rev-parse --verify --quiet "refs/deployed/$1^{commit}") || return 0
  git diff --quiet "$deployed" HEAD -- "apps/$1" "${shared[@]}" || return 0
  ! docker image inspect "$registry/$1:latest" >/dev/null 2>&1
}

run() {
  if [[ $dry_run ]]; then
    echo "would run: $*"
  else
    "$@"
  fi
}

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

main "$@"
