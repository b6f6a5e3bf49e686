package reply

import (
	"hash/fnv"
	"testing"
	"testing/fstest"
)

// The corpus is made-up replies with the reading that a careful person gives
// them. Rules are tuned on testdata/tune; testdata/measure is only ever
// measured. Which half a reply belongs to is decided by the FNV-1a hash of its
// context and text: even is tune. testdata/held and testdata/seen were written by
// others who had not seen the rules; rules are tuned on them by now.
// testdata/unseen was, too, and is not tuned on: it has no bar, since it is what
// the bar is judged by.

func corpus(t testing.TB, half, context string) []Sample {
	t.Helper()
	name := "testdata/" + half + "/" + context + ".tsv"
	out := labelled(t, name)
	for _, s := range out {
		h := fnv.New32a()
		h.Write([]byte(s.Context + "\t" + s.Text))
		if belongs := map[bool]string{true: "tune", false: "measure"}[h.Sum32()%2 == 0]; belongs != half {
			t.Errorf("%s: %q belongs to %s", name, s.Text, belongs)
		}
	}
	return out
}

// labelled reads a file of labelled replies.
func labelled(t testing.TB, name string) []Sample {
	t.Helper()
	out, err := Samples(Labelled, name)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// everySample gives all labelled replies of a context but the held-out ones.
func everySample(t testing.TB, context string) []Sample {
	t.Helper()
	all := append(corpus(t, "tune", context), corpus(t, "measure", context)...)
	return append(all, labelled(t, "testdata/rules/"+context+".tsv")...)
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	for _, half := range []string{"tune", "measure", "held", "seen", "unseen"} {
		scores, err := Scores(Labelled, "testdata/"+half)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range scores {
			t.Logf("%s %s: %d replies, right %.1f %%, asked back %d, refused %d, wrong and told %d, silently wrong %.1f %%; recall %.3f, false alarms %.3f; first number %.1f %%",
				half, s.Context, s.Replies, 100*s.Share(s.Right), s.AskedBack, s.Refused, s.WrongTold, 100*s.Share(s.SilentlyWrong), s.Recall(), s.AlarmRate(), 100*s.Share(s.FirstNumber))
			switch {
			case half != "measure":
			case s.Context == "distress" && (s.Recall() < 0.97 || s.AlarmRate() > 0.08):
				t.Errorf("distress: seen %d of %d, %d false alarms in %d", s.Seen, s.Dangers, s.FalseAlarms, s.NearMisses)
			case s.Context != "distress" && (s.Share(s.Right) < 0.97 || s.Share(s.WrongTold+s.SilentlyWrong) >= 0.01):
				t.Errorf("%s: %d of %d right, %d wrong and told, %d silently wrong", s.Context, s.Right, s.Replies, s.WrongTold, s.SilentlyWrong)
			}
		}
		if half == "tune" {
			showMisread(t)
		}
	}
}

// showMisread shows the replies of the tuned half that are not read as
// labelled; those of the measured half are never shown.
func showMisread(t *testing.T) {
	for _, c := range Contexts {
		for _, s := range corpus(t, "tune", c) {
			got, rule, told := s.Read()
			switch {
			case got != s.Want:
				t.Logf("%-12.12s %-55q want %-12s got %-12s %s", c, s.Text, s.Want, got, rule)
			case got != none && c == "scale" && told != s.Told:
				t.Errorf("%q: told the person: %v, want %v", s.Text, told, s.Told)
			}
		}
	}
}

// A file of labelled replies that is not one says where.
func TestSamplesSayWhereTheyAreWrong(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"context\ttext\tvalue\task_back\nscale\t7\t7\n":        "scale.tsv line 2 has 3 columns; write context, text, value and ask_back, with a tab between them",
		"context\ttext\tvalue\task_back\nyesno\tyes\tyes\t-\n": "scale.tsv line 2 is of the context yesno; keep each context in a file of its own",
	} {
		_, err := Samples(fstest.MapFS{"scale.tsv": {Data: []byte(content)}}, "scale.tsv")
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", content, err, want)
		}
	}
}
