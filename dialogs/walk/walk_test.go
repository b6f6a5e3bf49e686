package walk_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"onestep/dialogs"
	"onestep/dialogs/checkins"
	"onestep/dialogs/transcript"
	"onestep/dialogs/walk"
)

var (
	walks = flag.Int("walks", 400, "how many walks over the check-ins")
	seed  = flag.Uint64("seed", 1, "the seed of the first walk")
	keep  = flag.String("keep", "", "a folder for walks that broke a promise")
)

func current(t testing.TB) *dialogs.Edition {
	t.Helper()
	e, err := checkins.Current()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// People of every kind walk every check-in, and nothing that is promised to
// them breaks.
func TestPeopleWalkEveryCheckIn(t *testing.T) {
	t.Parallel()
	e := current(t)
	var mu sync.Mutex
	var group sync.WaitGroup
	var coverage transcript.Coverage
	seen := map[string]int{}
	most := map[int]int{}
	next := make(chan uint64)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			var own transcript.Coverage
			for s := range next {
				begin := walk.Nth(e, s)
				w := walk.Run(e, begin, s, &own)
				mu.Lock()
				if begin.Script == "" {
					most[w.Contacts]++
				}
				for _, b := range w.Breaks {
					if seen[b]++; seen[b] == 1 {
						t.Errorf("%s\n(walk %d, %s, %s)", b, s, begin.Script, w.Person)
						if *keep != "" {
							_ = os.WriteFile(filepath.Join(*keep, fmt.Sprintf("%d.txt", s)), []byte(w.Text()), 0o600)
						}
					}
				}
				mu.Unlock()
			}
			mu.Lock()
			coverage.Add(&own)
			mu.Unlock()
		})
	}
	for n := range *walks {
		next <- *seed + uint64(n)
	}
	close(next)
	group.Wait()
	files, err := filepath.Glob("../checkins/testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	played, err := transcript.Files(e, files, false)
	if err != nil {
		t.Fatal(err)
	}
	coverage.Add(&played.Coverage)
	left := 0
	detours := make(chan string)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			var own transcript.Coverage
			own.Add(&coverage)
			for file := range detours {
				source, err := os.ReadFile(file)
				if err != nil {
					t.Error(err)
				}
				walk.Detours(e, source, *seed, &own, func(w walk.Walk) {
					mu.Lock()
					defer mu.Unlock()
					left++
					for _, b := range w.Breaks {
						t.Errorf("%s: %s\n%s", file, b, w.Text())
					}
				})
			}
		})
	}
	for _, file := range files {
		detours <- file
	}
	close(detours)
	group.Wait()
	if left < len(files)/2 {
		t.Errorf("only %d of %d transcripts were left half way", left, len(files))
	}
	for b, n := range seen {
		t.Logf("%d x %s", n, b)
	}
	r := coverage.Of(e)
	t.Logf("steps %d/%d, branches %d/%d, %d walks and %d detours, contacts %v", r.Steps, r.AllSteps, r.Branches, r.AllBranches, *walks, left, most)
	for _, m := range r.Missing {
		t.Errorf("nobody reaches %s", m)
	}
}
