package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onestep/bot/store"
)

// A team whose language nobody has translated is told of at start, since its
// people would be written to in English without anybody knowing; a region of a
// language that there is, is that language.
func TestATeamsLanguageThatNobodyHasTranslatedIsToldAtStart(t *testing.T) {
	t.Parallel()
	var teams strings.Builder
	for n, language := range []string{"en", "en-GB", "cy", "cy-GB", "pl", "zz"} {
		fmt.Fprintf(&teams, "  - {id: team-%[1]s, name: Team, zone: Europe/London, language: %[2]s, nation: wales, channel: \"telegram:-10%[3]d\", leads: [\"telegram:20%[3]d\"], hours: {days: mon-fri, from: \"09:00\", to: \"17:00\"}}\n",
			strings.ToLower(language), language, n)
	}
	settings := filepath.Join(t.TempDir(), "onestep.yaml")
	if err := os.WriteFile(settings, []byte("teams:\n"+teams.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	keyset, err := store.NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	var out, said bytes.Buffer
	code := run([]string{"serve"}, world{Context: t.Context(), In: strings.NewReader(""), Out: &out, Err: &said, Environ: []string{
		"ONESTEP_CONFIG=" + settings, "ONESTEP_ENCRYPTION_KEYSET=" + keyset.String(), "ONESTEP_TELEGRAM_TOKEN=7000000001:made-up-made-up-made-up-made-up-made",
		"ONESTEP_REDIS_URL=redis://127.0.0.1:1", // nobody answers there, so that it ends
	}})
	if code != failed || !strings.Contains(said.String(), "No Redis answers") {
		t.Fatalf("exit code %d:\n%s", code, &said)
	}
	const want = "team-%[1]s has language: %[1]s, which these scripts are not translated into, so its people are written to in English. " +
		"Write one of these instead: en, cy; or begin a translation with onestep translate export %[1]s"
	for _, language := range []string{"pl", "zz"} {
		if !strings.Contains(said.String(), fmt.Sprintf(want, language)) {
			t.Errorf("it does not tell of %s:\n%s", language, &said)
		}
	}
	if n := strings.Count(said.String(), "has language:"); n != 2 {
		t.Errorf("it tells of %d teams, want 2:\n%s", n, &said)
	}
}
