// Package walk sends made-up people through the scripts at random: people who
// write little or much, who say yes but, who are late, in danger, hostile, or
// write in another language. After every event it holds what happened against
// what onestep promises to everybody.
//
// A walk is a transcript that writes itself: what it did can be kept in a file
// and played again. The same seed gives the same walk.
package walk

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"onestep/dialogs"
	"onestep/dialogs/transcript"
)

// Limits of one walk.
const (
	maxEvents = 90 // of one walk; a whole first conversation needs about 20
	maxSkips  = 60 // after so many skips any dialog must be over
	quietFor  = 28 * 24 * time.Hour
)

// Walk is what came of one walk.
type Walk struct {
	Seed   uint64
	Person Person
	// Lines are the transcript, from its head on.
	Lines []string
	// Breaks are the promises that were broken, at most one for each event.
	Breaks []string
	// Contacts is the highest number of times in any 7 days that the bot wrote
	// first.
	Contacts int
	// Moved is how many dialogs moved to newer scripts.
	Moved int
}

// Text is the walk as a transcript to keep and to play again.
func (w Walk) Text() string {
	head := fmt.Sprintf("# Walk %d of a %s person.\n", w.Seed, w.Person)
	for _, b := range w.Breaks {
		head += "# " + b + "\n"
	}
	return head + strings.Join(w.Lines, "\n") + "\n"
}

// walker is one walk under way.
type walker struct {
	*Voice
	edition *dialogs.Edition
	player  *transcript.Player
	rules   *rules
	walk    Walk
	scripts []string         // that may come due
	buttons []dialogs.Choice // of the question before this one
	said    int              // what the person wrote so far
}

// Run makes one walk over an edition. Coverage may be nil.
func Run(e *dialogs.Edition, begin Begin, seed uint64, coverage *transcript.Coverage) Walk {
	random := rand.New(rand.NewPCG(seed, 0x0e57e9))
	w := &walker{Voice: &Voice{random, People[random.IntN(len(People))]}, edition: e, player: transcript.NewPlayer(e)}
	w.walk = Walk{Seed: seed, Person: w.Person}
	w.scripts = planned(e)
	w.rules = newRules(e, begin.Language)
	w.rules.planned = begin.Script == "" && begin.Lines == nil
	w.player.Watch = func(t transcript.Turn) {
		if coverage != nil {
			coverage.Note(t)
		}
		w.rules.check(t)
	}
	if begin.Lines != nil {
		w.setOut(begin)
	} else {
		w.head(begin)
		w.begin(begin)
	}
	swap := -1
	if begin.Next != nil {
		swap = w.IntN(maxEvents / 2)
	}
	for n := range 10 + w.IntN(maxEvents-10) {
		if n == swap {
			w.player.Publish(begin.Next)
			w.rules.published(begin.Next)
			w.rules.moves = begin.Moves
		}
		w.event()
		if len(w.rules.broken) > 0 {
			break
		}
	}
	if len(w.rules.broken) == 0 {
		w.finish()
	}
	w.walk.Breaks, w.walk.Contacts = w.rules.broken, w.rules.contacts.most
	w.walk.Moved = w.rules.moved
	return w.walk
}

// head sets a clock, now and then near a change of the clocks.
func (w *walker) head(begin Begin) {
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, w.IntN(720))
	lines := []string{
		fmt.Sprintf("clock: %s %02d:%02d Europe/London", day.Format(time.DateOnly), w.IntN(24), w.IntN(60)),
		"worker: " + pick(w, "Sam", "Aoife", "Mr Okafor", "Siân"),
	}
	if begin.Language != "" {
		lines = append(lines, "language: "+begin.Language)
	}
	for _, l := range lines {
		if err := w.player.Head(l); err != nil {
			w.rules.breaks("the head cannot be read: %v", err)
		}
	}
	w.walk.Lines = append(lines, "")
}

// setOut plays the beginning of a transcript and leaves it.
func (w *walker) setOut(b Begin) {
	for _, l := range b.Head {
		if err := w.player.Head(l); err != nil {
			w.rules.breaks("the head cannot be read: %v", err)
		}
	}
	w.walk.Lines = append(slices.Clone(b.Head), "")
	for _, l := range b.Lines {
		w.do(l)
	}
	at := standing(w.player.State())
	for n := 0; at != "" && standing(w.player.State()) == at && n < 4; n++ {
		switch b.Leave {
		case "skip":
			w.write("skip")
		case "unclear":
			w.write(unclear[w.rules.asks(w.player.State())])
		case "timeout":
			w.pass()
		default:
			return
		}
	}
}

// unclear is what answers no question of each kind.
var unclear = map[string]string{"scale": "it depends", "yesno": "perhaps", "choice": "whatever suits", "date": "some time soon", "text": "   "}

// do plays one line.
func (w *walker) do(line string) {
	asked := w.player.Asked()
	w.walk.Lines = append(w.walk.Lines, line)
	follows, err := w.player.Do(line)
	w.walk.Lines = append(w.walk.Lines, follows...)
	if err != nil {
		w.rules.breaks("%q cannot be played: %v", line, err)
	}
	if now := w.player.Asked(); now.Token != asked.Token {
		w.buttons = asked.Choices
	}
}

// begin starts with a life before, so that what is known of the person is what
// can be known, or with the script alone.
func (w *walker) begin(b Begin) {
	_, first := w.edition.Script(firstScript)
	if b.Script != "" && (!first || w.IntN(4) == 0) {
		w.propose(b.Script)
		w.do("begin " + b.Script)
		return
	}
	if first {
		w.do("begin " + firstScript)
		for range 12 + w.IntN(40) {
			if w.IntN(8) == 0 {
				w.event()
			} else {
				w.answerOrWait()
			}
			if len(w.rules.broken) > 0 || w.player.State().Stopped {
				break
			}
		}
	}
	if b.Script != "" && w.player.State().Session == nil {
		w.propose(b.Script)
		w.do("begin " + b.Script)
	}
}

// propose has a worker propose something, where the script is the one that
// offers it.
func (w *walker) propose(script string) {
	if _, _, waits := w.player.State().Proposal(); script == dialogs.ProposalScript && w.edition.TakesProposals() && !waits {
		w.do("propose: " + pick(w, "a walk with the group on Thursday", "ring the choir", "tea at the hall, with somebody you know"))
	}
}

// finish shows that any dialog ends, both for those who only skip and for those
// who say nothing more.
func (w *walker) finish() {
	if s := w.player.State(); s.Held {
		w.do(pick(w, "release", "false-alarm"))
	}
	if w.player.State().Session == nil || len(w.rules.broken) > 0 {
		return
	}
	if w.IntN(2) == 0 {
		began, id := w.player.State().Session.Began, w.rules.session
		w.do(fmt.Sprintf("wait %dh", int(quietFor.Hours())))
		if s := w.player.State().Session; s != nil && s.Began.Equal(began) && w.rules.session == id {
			w.rules.breaks("the dialog is still open after %s of silence", quietFor)
		}
		return
	}
	for range maxSkips {
		if w.player.State().Session == nil || len(w.rules.broken) > 0 {
			return
		}
		w.write("skip")
	}
	w.rules.breaks("the dialog is not over after %d skips", maxSkips)
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", `\n`) }
