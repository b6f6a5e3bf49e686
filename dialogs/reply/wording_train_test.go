package reply

import (
	"cmp"
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "train the classifier of distress anew and write its weights")

// trainedOn are the folders of replies that the classifier is trained on: of
// distress, and of all else as what is no danger unless a rule says so. Folders
// that are only measured are none of them.
var trainedOn = []string{"tune", "rules", "held", "seen", "wording"}

// Figures of the training, by trial on lists that were left out of it: more
// rounds, weaker pull and rarer features learn the replies by heart.
const (
	rounds    = 25
	rate      = 0.2  // of learning, per feature less each time it is used (AdaGrad)
	pull      = 1e-4 // of weights towards none
	leastSeen = 2    // replies that a feature must stand in
)

const wordingHead = `// What words weigh when a text may speak of danger: a weight in tenths of a logit,
// and the word, or the words that stand together, with _ for any word. Made by
//
//	go test ./dialogs/reply -run TestWordingIsTrained -update
//
// from the labelled replies whose digest stands behind "trained". See wording.go.
//
owner Clinical safety officer
review 2027-05-31
`

// lesson is one reply to learn from.
type lesson struct {
	words  []wordNumber
	danger bool
}

// school is the training: its classifier has numbers for all words, and weights
// that are not rounded yet.
type school struct {
	*classifier
	names   []string // of the words, by number
	lessons []lesson
	weight  map[feature]*learned
}

// learned is a weight in logits, and the sum of squares of what moved it.
type learned struct{ weight, moved float64 }

// trainingDigest is the digest of the files that the classifier learns from.
func trainingDigest(t *testing.T) string {
	t.Helper()
	sum := sha256.New()
	for _, name := range trainingFiles(t) {
		b, err := fs.ReadFile(Labelled, name)
		if err != nil {
			t.Fatal(err)
		}
		sum.Write(b)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:8])
}

func trainingFiles(t *testing.T) (names []string) {
	t.Helper()
	for _, folder := range trainedOn {
		found, err := fs.Glob(Labelled, "testdata/"+folder+"/*.tsv")
		if err != nil || len(found) == 0 {
			t.Fatalf("no replies in %s: %v", folder, err)
		}
		names = append(names, found...)
	}
	return names
}

func newSchool(t *testing.T) *school {
	t.Helper()
	return schoolWithout(t, func(string, int) bool { return false })
}

// schoolWithout learns from all labelled replies but some, by file and number.
func schoolWithout(t *testing.T, left func(name string, i int) bool) *school {
	t.Helper()
	s := &school{classifier: readClassifier(""), names: []string{""}, weight: map[feature]*learned{}}
	seen := map[feature]int{}
	for _, name := range trainingFiles(t) {
		for i, sample := range labelled(t, name) {
			if left(name, i) {
				continue
			}
			heard := hear(whole(sample.Text))
			rule, danger := heard.ruled(0, anywhere)
			switch {
			case sample.Context != "distress" && danger:
				continue // an answer with danger beside it is no example of none
			case strings.HasPrefix(string(rule), "distress/welsh"):
				continue // too few to tell Welsh of danger from other Welsh: the rules read it
			}
			l := lesson{danger: sample.Context == "distress" && sample.Want == "yes"}
			for _, w := range heard.forms() {
				n := s.number(w)
				if int(n) == len(s.names) {
					s.names = append(s.names, w)
				}
				l.words = append(l.words, n)
			}
			s.lessons = append(s.lessons, l)
			mine := map[feature]bool{}
			features(l.words, func(f feature) { mine[f] = true })
			for f := range mine {
				seen[f]++
			}
		}
	}
	for f, n := range seen {
		if n >= leastSeen {
			s.weight[f] = &learned{moved: 1e-8}
		}
	}
	s.weight[feature{}] = &learned{moved: 1e-8} // the bias
	return s
}

// known calls each for the weights of a window.
func (s *school) known(window []wordNumber, each func(*learned)) {
	each(s.weight[feature{}])
	features(window, func(f feature) {
		if w := s.weight[f]; w != nil {
			each(w)
		}
	})
}

// learn goes through all lessons, in an order that is drawn. Of each it learns
// from the window that looks most like danger, since that is what is asked.
func (s *school) learn(random *rand.Rand) {
	random.Shuffle(len(s.lessons), func(i, j int) { s.lessons[i], s.lessons[j] = s.lessons[j], s.lessons[i] })
	for _, l := range s.lessons {
		worst, most := l.words, math.Inf(-1)
		windows(l.words, func(window []wordNumber) bool {
			sum := 0.0
			s.known(window, func(w *learned) { sum += w.weight })
			if sum > most {
				worst, most = window, sum
			}
			return true
		})
		wanted := 0.0
		if l.danger {
			wanted = 1
		}
		off := 1/(1+math.Exp(-most)) - wanted
		s.known(worst, func(w *learned) {
			slope := off + pull*w.weight
			w.moved += slope * slope
			w.weight -= rate * slope / math.Sqrt(w.moved)
		})
	}
}

// text is the classifier in its text form: what weighs nothing is left out.
func (s *school) text(digest string) string {
	var lines []string
	for f, w := range s.weight {
		weight := int(math.Round(10 * w.weight))
		if weight == 0 && f != (feature{}) {
			continue
		}
		line := strconv.Itoa(weight)
		for _, n := range []wordNumber{f.a, f.b, f.c} {
			switch n {
			case 0:
			case between:
				line += " _"
			default:
				line += " " + s.names[n]
			}
		}
		lines = append(lines, line)
	}
	slices.SortFunc(lines, func(a, b string) int {
		_, x, _ := strings.Cut(a, " ")
		_, y, _ := strings.Cut(b, " ")
		return cmp.Compare(x, y)
	})
	return wordingHead + "trained " + digest + "\n" + strings.Join(lines, "\n") + "\n"
}

// The weights are those of the labelled replies as they are now.
func TestWordingIsTrained(t *testing.T) {
	digest := trainingDigest(t)
	if !*update {
		if got := wording().trained; got != digest {
			t.Fatalf("the classifier was trained on %s, and the labelled replies are %s: train it anew with -update", got, digest)
		}
		return
	}
	s, random := newSchool(t), rand.New(rand.NewPCG(1, 2))
	for range rounds {
		s.learn(random)
	}
	if err := os.WriteFile("wording.txt", []byte(s.text(digest)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The weights have an owner and were looked over within their time.
func TestWordingIsReviewed(t *testing.T) {
	t.Parallel()
	due, err := time.Parse(time.DateOnly, wording().review)
	if err != nil || time.Now().After(due) || wording().owner == "" {
		t.Errorf("owner %q, review due on %q: %v", wording().owner, wording().review, err)
	}
}

// What no rule names is seen by its wording, and everyday talk in the same words is not.
func TestWordingSeesWhatNoRuleNames(t *testing.T) {
	t.Parallel()
	for text, danger := range map[string]bool{
		"some nights I sit in the car in the garage with the hose and think on": true,
		"some nights I sit in the car and listen to the football":               false,
		"I walk out to the sea each morning a bit further, lovely":              false,
		"yn fy ngeiriau fy hun": false,
	} {
		if rule, found := Distress(text); found != danger || found && rule != wordingRule {
			t.Errorf("%q: %v by %q", text, found, rule)
		}
	}
}
