package walk_test

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"onestep/dialogs"
	"onestep/dialogs/checkins"
	"onestep/dialogs/lint"
	"onestep/dialogs/walk"
)

var drops = 4 // scripts from which a question was taken; more with -walks

// plain are the check-ins that ship, without their translations, whose entries
// name the steps that are edited here.
func plain(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(checkins.Files, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		source, err := fs.ReadFile(checkins.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: source}
	}
	return files
}

func load(t *testing.T, files fstest.MapFS) *dialogs.Edition {
	t.Helper()
	e, err := dialogs.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// refer replaces the name of a step wherever one is named.
func refer(source, old, now string) string {
	at := regexp.MustCompile(`(\b(?:id|go|skip|unclear|else)|"yes"|"no"): ` + regexp.QuoteMeta(old) + `([\s,}]|$)`)
	return at.ReplaceAllString(source, "${1}: "+now+"${2}")
}

// Every question and every call of every check-in gets another name while
// people of every kind are in the middle of it: lint proves that each has a
// place, and then each moves at the next thing they do, and no promise breaks.
func TestPeopleMoveWhenEveryStepIsRenamed(t *testing.T) {
	t.Parallel()
	files := plain(t)
	old := load(t, files)
	edited := maps.Clone(files)
	for _, s := range old.Scripts() {
		source, entries := string(files[s.File()].Data), []string{}
		for _, st := range s.Steps() {
			if st.Does == "ask" || st.Does == "call" {
				entries = append(entries, st.ID+": "+st.ID+"-now")
				source = refer(source, st.ID, st.ID+"-now")
			}
		}
		edited[s.File()] = &fstest.MapFile{Data: []byte(strings.Replace(source, "\nsteps:", "\nrenamed: {"+strings.Join(entries, ", ")+"}\nsteps:", 1))}
	}
	now := load(t, edited)
	report := lint.Against(now, old)
	for _, f := range report.Findings {
		t.Errorf("%s:%d: %s", f.File, f.Line, f.Message)
	}
	for _, p := range report.Places {
		if p.Fate != dialogs.Renamed {
			t.Errorf("%s/%s: %s", p.Script, p.Step, p.Fate)
		}
	}
	moved := 0
	for n := range uint64(*walks / 4) {
		begin := walk.Nth(old, n)
		begin.Next, begin.Moves = now, true
		w := walk.Run(old, begin, *seed+n, nil)
		moved += w.Moved
		for _, b := range w.Breaks {
			t.Errorf("%s\n%s", b, w.Text())
			return
		}
	}
	if moved < *walks/8 {
		t.Errorf("only %d dialogs moved", moved)
	}
}

// A question is taken out of a check-in while people may stand on it: whatever
// lint says of their places, no promise breaks.
func TestPeopleGoOnWhenAQuestionIsDropped(t *testing.T) {
	t.Parallel()
	files := plain(t)
	old := load(t, files)
	random := rand.New(rand.NewPCG(*seed, 7))
	dropped, moved := 0, 0
	for try := 0; (dropped < drops+*walks/400 || moved == 0) && try < 400; try++ {
		all := old.Scripts()
		s := all[random.IntN(len(all))]
		steps := s.Steps()
		i := random.IntN(len(steps))
		if steps[i].Does != "ask" || i == 0 || i == len(steps)-1 {
			continue
		}
		to := steps[i+1].ID
		for _, e := range steps[i].Edges {
			if e.If == "skip" && e.To != "" {
				to = e.To
			}
		}
		id := steps[i].ID
		source := string(files[s.File()].Data)
		block := regexp.MustCompile(`(?s)\n  - id: ` + regexp.QuoteMeta(id) + `\n.*?(\n  - id: |$)`)
		source = block.ReplaceAllString(source, "$1")
		source = refer(source, id, to)
		source = strings.Replace(source, "\nsteps:", "\ndropped: {"+id+": "+to+"}\nsteps:", 1)
		edited := maps.Clone(files)
		edited[s.File()] = &fstest.MapFile{Data: []byte(source)}
		now, err := dialogs.Load(edited)
		if err != nil {
			continue // what stands behind the question needs its answer
		}
		dropped++
		begin := walk.Begin{Next: now}
		roots := walk.Roots(old)
		for n := range uint64(10) {
			if begin.Script = ""; slices.Contains(roots, s.Name()) && n%2 == 0 {
				begin.Script = s.Name()
			}
			w := walk.Run(old, begin, *seed+n, nil)
			moved += w.Moved
			for _, b := range w.Breaks {
				t.Errorf("%s without %s: %s\n%s", s.Name(), id, b, w.Text())
				return
			}
		}
	}
	if dropped < drops || moved == 0 {
		t.Error(fmt.Sprint(dropped, " questions dropped, ", moved, " dialogs moved"))
	}
}
