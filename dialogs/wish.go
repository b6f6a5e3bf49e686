package dialogs

import (
	"slices"
	"strings"
	"unicode"
)

// Scripts that wishes run, when the edition has them.
const (
	pauseScript  = "pause"
	returnScript = "return"
)

// stop ends everything until the person starts again.
func (t *turn) stop(rule string) {
	t.record(Record{What: "wish", Name: "stop", Raw: t.ev.Text, Rule: rule})
	if t.s.Session != nil {
		t.endSession("stopped")
	}
	t.s.Waiting = nil
	t.unpause()
	t.s.Stopped = true
}

// human asks the worker to talk to the person.
func (t *turn) human() {
	t.asksForHuman()
	t.phrase("human")
}

// asksForHuman is that wish without a word to the person.
func (t *turn) asksForHuman() {
	t.record(Record{What: "wish", Name: "human", Raw: t.ev.Text, Rule: string(t.wish.Rule)})
	t.nudge(AskedHuman)
}

func (t *turn) help() {
	t.record(Record{What: "wish", Name: "help", Raw: t.ev.Text, Rule: string(t.wish.Rule)})
	t.say(t.fresh("help"), false)
	t.tellLanguages()
	if !t.s.Held && !t.s.Stopped {
		t.show()
	}
}

// pauseWish runs the pause script on top of what is running.
func (t *turn) pauseWish() {
	t.record(Record{What: "wish", Name: "pause", Raw: t.ev.Text, Rule: string(t.wish.Rule)})
	s := t.s.Session
	switch {
	case s != nil && slices.ContainsFunc(s.Frames, func(f Frame) bool { return f.Script == pauseScript }):
		if !t.pauseAnswer(t.question()) { // it is asking about just that
			t.show()
		}
	case s != nil && t.ed.scripts[pauseScript] != nil:
		t.top().Resume, s.Open = s.Open, nil
		s.Frames = append(s.Frames, Frame{Script: pauseScript, Vars: t.pauseVars(t.ed.scripts[pauseScript])})
		t.run(0)
	case s == nil && t.eds.Current.scripts[pauseScript] != nil:
		t.unpause()
		if t.open(pauseScript) {
			t.s.Session.Replied = true
			t.top().Vars = t.pauseVars(t.ed.scripts[pauseScript])
			t.run(0)
		}
	default:
		if s != nil {
			t.endSession("paused")
		}
		t.s.PausedUntil = Forever
		t.phrase(t.rather("pause-done", "paused"))
	}
}

// back opens the question before this one again. The answer that was given
// last is undone with all that followed from it, like one that is corrected; of
// those before it, what they put into facts is. It does not leave a script that
// a wish put on top.
func (t *turn) back() {
	t.record(Record{What: "wish", Name: "back", Raw: t.ev.Text, Rule: string(t.wish.Rule)})
	if t.takeBack() {
		return
	}
	s := t.s.Session
	floor := 0
	for i, f := range s.Frames {
		if f.Resume != nil {
			floor = i + 1
		}
	}
	if n := len(s.Asked); n > 0 && s.Asked[n-1].Depth >= floor && s.Asked[n-1].Depth < len(s.Frames) {
		place := s.Asked[n-1]
		s.Asked = s.Asked[:n-1]
		s.Frames = s.Frames[:place.Depth+1]
		script := t.scriptOf()
		if i, ok := script.index[place.Step]; ok && script.name == place.Script {
			st := script.steps[i]
			t.top().Step = st.id
			t.giveBack(place)
			if st.keep != "" && !st.keepFact {
				t.clearVar(st.keep)
			}
			if text, ok := t.fill(st.say); ok {
				s.Open = &Question{Token: t.token()}
				t.ask(st, text)
				return
			}
		}
		t.broken()
		return
	}
	if t.ed.phrases["back-none"] != nil {
		t.say("back-none", false)
	}
	t.show()
}

// startWords are the words that begin again, and fillWords those that may stand
// around them. Anything else in the message makes it no wish to start.
var (
	startWords = []string{"start", "restart", "begin", "resume", "unpause", "continue", "unstop", "dechrau", "ailddechrau", "cychwyn", "ailgychwyn"}
	fillWords  = []string{
		"please", "pls", "ok", "okay", "yes", "hi", "hello", "i", "id", "i'd", "i'm", "im", "would", "like", "want", "wanna", "to",
		"ready", "now", "again", "can", "could", "we", "you", "let", "lets", "let's", "us", "the", "my", "messages", "check",
		"checkins", "check-ins", "ins", "chat", "up", "over", "afresh", "back", "me", "it", "thanks", "thank", "this", "with",
		"eto", "nawr", "rwan", "rŵan", "plis", "plîs", "os", "gwelwch", "yn", "dda", "diolch", "hoffwn", "helo",
	}
)

// pressedStart tells the one word that an invitation's link or a platform's own
// button sends. While a question is open it answers nothing.
func pressedStart(text string) bool {
	return strings.EqualFold(strings.TrimPrefix(strings.TrimSpace(text), "/"), "start")
}

// wantsStart reads the wish to begin again after a stop or a pause.
func wantsStart(text string) bool {
	starts := 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(strings.ReplaceAll(text, "’", "'")), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-'
	}) {
		switch {
		case slices.Contains(startWords, word) || word == "starting" || word == "beginning":
			starts++
		case !slices.Contains(fillWords, word):
			return false
		}
	}
	return starts > 0
}
