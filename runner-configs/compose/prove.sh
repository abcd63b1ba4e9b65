#!/usr/bin/env bash
# Indexes the sample corpus twice on a Flink cluster with a real InterSystems IRIS, in containers,
# and checks that the second run changes nothing and all rows are there once. Then runs the tests
# that need a real IRIS, if Maven is installed. Needs Docker with Compose. Not run yet: Docker was
# not available where it was written.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export IRIS_PASSWORD="${IRIS_PASSWORD:-SYS}"
trap 'docker compose --profile indexer down --volumes' EXIT
docker compose --profile indexer build
docker compose up --detach

echo "waiting for IRIS and for two TaskManagers"
await() {
  local end=$((SECONDS + 180))
  until "$@" > /dev/null 2>&1; do
    ((SECONDS < end)) || { echo "not within 180 s: $*" >&2; exit 1; }
    sleep 2
  done
}
await docker compose exec -T iris iris session iris -U %SYS '##class(Security.Users).UnExpireUserPasswords("*")'
await sh -c 'curl --silent --fail http://localhost:8081/overview | grep -q "\"taskmanagers\":2"'

index() {
  docker compose run --rm indexer index pipelines/corpus-to-iris.yaml runner-configs/flink-cluster.yaml \
    --flinkMaster=jobmanager:8081 --jdbcUrl=jdbc:IRIS://iris:1972/USER \
    --input='/opt/iris-graph-indexer/pipelines/sample-corpus/*.xml' \
    --writers=1 --deadLetters= --summary= "$@"
}
expect() {
  grep --quiet "$1" <<< "$2" || { echo "expected \"$1\" in: $2" >&2; exit 1; }
}

# The line of what "iris sql" prints that has nothing but a number, in some versions between bars.
count() {
  docker compose exec -T iris iris sql iris -U USER <<< "SELECT COUNT(*) FROM RAG.$1" \
    | sed --quiet --regexp-extended 's/^[|[:space:]]*([0-9]+)[|[:space:]]*$/\1/p'
}
counts() {
  for table in SourceDocuments Entities EntityRelationships; do
    echo "$table $(count "$table")"
  done
}

first="$(index)"
echo "$first"
expect '20 read: 20 indexed' "$first"
before="$(counts)"
expect 'SourceDocuments 20$' "$before"
# The summary has commas in large numbers. Relationships are more: linking adds some.
expect "RAG.Entities *$(count Entities) committed" "${first//,/}"

second="$(index)"
echo "$second"
expect '20 read: 0 indexed, 20 unchanged' "$second"
after="$(counts)"
[[ "$after" == "$before" ]] || { printf 'expected:\n%s\nin:\n%s\n' "$before" "$after" >&2; exit 1; }

if command -v mvn > /dev/null; then
  passed=true
  (cd ../.. && IRIS_URL=jdbc:IRIS://localhost:1972/USER mvn -q test -Dtest=IrisIT) || passed=false
  cat ../../target/iris-report.txt
  "$passed" || { echo "IrisIT has failed; the report above has what the server said" >&2; exit 1; }
else
  echo "IrisIT was not run: Maven is missing"
fi
echo "proved: 20 documents are stored, and the second run adds nothing: $before"
