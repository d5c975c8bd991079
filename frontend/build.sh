#!/bin/sh
# Maintainers only: compile the stylesheet, copy the print font, and record versions and hashes.
# The outputs are committed; Node is never needed to install, test or run Throughgate.
set -eu
cd "$(dirname "$0")"
static=../throughgate/pages/static
out=$static/throughgate
font=node_modules/@expo-google-fonts/atkinson-hyperlegible-next

npm ci --omit=optional --ignore-scripts
mkdir -p "$out/fonts" "$out/licences"
npx --no-install sass --style=compressed --no-source-map --no-charset --quiet-deps \
    --load-path=node_modules sass/app.scss "$out/app.css"
cp "$font/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf" "$out/fonts/AtkinsonHyperlegibleNext-Regular.ttf"
cp "$font/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf" "$out/fonts/AtkinsonHyperlegibleNext-Bold.ttf"
cp "$font/LICENSE_FONT" "$out/licences/atkinson-hyperlegible-next.txt"

mkdir -p ../data/packs/fonts
cp "$out/fonts/"*.ttf ../data/packs/fonts/
cp "$out/licences/atkinson-hyperlegible-next.txt" ../data/packs/fonts/LICENCE.txt

hash_row() {
    printf '| `throughgate/%s` | `%s` |\n' "$1" "$(sha256sum "$out/$1" | cut -d ' ' -f 1)"
}

{
    cat versions.head.md
    for file in app.css fonts/AtkinsonHyperlegibleNext-Regular.ttf fonts/AtkinsonHyperlegibleNext-Bold.ttf \
        licences/atkinson-hyperlegible-next.txt licences/govuk-frontend.txt; do
        hash_row "$file"
    done
} > "$static/VERSIONS.md"
echo "Built. Look at the component page, then commit throughgate/pages/static."
