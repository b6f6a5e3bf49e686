package lint

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"onestep/dialogs"
)

// book is an edition as the rules read it.
type book struct {
	edition *dialogs.Edition
	scripts []*script
	byName  map[string]*script
	phrases []line
	facts   map[string]dialogs.Fact
	models  map[string]*model
}

// script is one script with its lines.
type script struct {
	*dialogs.Script
	name, file string
	checkin    bool
	steps      []dialogs.StepView
	index      map[string]int
	vars       map[string]dialogs.Kind
	given      []string
	lines      []line // what people read, in the order of the file
	own        map[string]bool
	waivers    map[string][]dialogs.Waiver // by step; "" holds for the whole script
}

// role is what a line is for the person who reads it.
type role string

const (
	says    role = "say"
	asks    role = "ask"
	repairs role = "again"
	button  role = "label"
	reminds role = "remind"
	phrase  role = "phrase"
)

// line is one text that people read.
type line struct {
	spot
	role  role
	asks  string // the kind of an ask
	text  string
	tags  []dialogs.Tag
	fixed bool // a legal, safety or command text: exempt from the rules of tone
	hard  bool // said after a number from 0 to 2 or a drop
}

// tagged tells whether the line carries a tag.
func (l *line) tagged(names ...string) bool {
	return slices.ContainsFunc(l.tags, func(t dialogs.Tag) bool { return slices.Contains(names, t.Name) })
}

// bot tells whether the line is the bot's own talk in a script: no button, no
// repair, no phrase.
func (l *line) bot() bool { return l.role == says || l.role == asks || l.role == reminds }

// crisis tells whether the line carries a number to call.
func (l *line) crisis() bool {
	return l.tagged("safety") || strings.Contains(l.text, "999") || strings.Contains(l.text, "116 123")
}

var safetyPhrases = []string{"distress", "distress-stranger", "held"}

func newBook(e *dialogs.Edition) *book {
	b := &book{edition: e, byName: make(map[string]*script), facts: e.Facts(), models: make(map[string]*model)}
	for _, s := range e.Scripts() {
		c := newScript(s)
		b.scripts = append(b.scripts, c)
		b.byName[c.name] = c
	}
	command, _ := dialogs.TagNamed("command")
	safety, _ := dialogs.TagNamed("safety")
	for _, p := range e.PhraseViews() {
		tag := command
		if slices.Contains(safetyPhrases, p.Key) {
			tag = safety
		}
		b.phrases = append(b.phrases, line{spot: spot{step: p.Key, file: "phrases.yaml", at: p.At}, role: phrase, text: p.Text, tags: []dialogs.Tag{tag}, fixed: true})
	}
	b.markHard()
	return b
}

func newScript(s *dialogs.Script) *script {
	c := &script{Script: s, name: s.Name(), file: s.File(), checkin: s.Checkin(), steps: s.Steps(), index: make(map[string]int),
		vars: s.Vars(), given: s.Given(), own: make(map[string]bool), waivers: map[string][]dialogs.Waiver{"": s.Waivers()}}
	if r, ok := s.ReminderView(); ok {
		c.add(r, reminds, r.Say, r.SayAt)
	}
	for i, st := range c.steps {
		c.index[st.ID] = i
		if len(st.Waivers) > 0 {
			c.waivers[st.ID] = st.Waivers
		}
		if st.Does == "ask" && st.Asks == "text" && st.Keep != "" {
			c.own[st.Keep] = true
		}
		if st.Say == "" {
			continue
		}
		does := says
		if st.Does == "ask" {
			does = asks
		}
		c.add(st, does, st.Say, st.SayAt)
		if st.Again != "" {
			c.add(st, repairs, st.Again, st.AgainAt)
		}
		for _, choice := range st.Choices {
			c.add(st, button, choice.Label, dialogs.Position{Line: st.Line, Column: st.Column})
		}
	}
	return c
}

func (s *script) add(st dialogs.StepView, as role, text string, at dialogs.Position) {
	l := line{spot: spot{script: s, step: st.ID, file: s.file, at: at}, role: as, asks: st.Asks, text: text, fixed: len(st.Tags) > 0}
	for _, name := range st.Tags {
		tag, _ := dialogs.TagNamed(name)
		l.tags = append(l.tags, tag)
		l.fixed = l.fixed && tag.Fixed
	}
	s.lines = append(s.lines, l)
}

// words is the line that a step says, nil for steps without words.
func (s *script) words(step string) *line {
	for i := range s.lines {
		if l := &s.lines[i]; l.step == step && (l.role == says || l.role == asks) {
			return l
		}
	}
	return nil
}

// spot is the place of a step, or of the script's first line.
func (s *script) spot(step string) spot {
	at := dialogs.Position{Line: 1, Column: 1}
	if i, ok := s.index[step]; ok {
		at = dialogs.Position{Line: s.steps[i].Line, Column: s.steps[i].Column}
	}
	return spot{script: s, step: step, file: s.file, at: at}
}

// waiver finds what switches a rule off at a step.
func (s *script) waiver(step, rule string) (dialogs.Waiver, bool) {
	for _, at := range []string{step, ""} {
		for _, w := range s.waivers[at] {
			if w.Off == rule {
				return w, true
			}
		}
	}
	return dialogs.Waiver{}, false
}

// every walks all texts: those of the scripts, then the phrases.
func (b *book) every(visit func(*line)) {
	for _, s := range b.scripts {
		for i := range s.lines {
			visit(&s.lines[i])
		}
	}
	for i := range b.phrases {
		visit(&b.phrases[i])
	}
}

// find is the place of a piece of a line in the file: where the piece itself
// stands, or else where the words begin.
func (b *book) find(l *line, piece string) spot {
	at := l.spot
	first, _, _ := strings.Cut(piece, "\n")
	source := b.edition.File(l.file)
	for n, row := range bytes.Split(source, []byte("\n")) {
		if n+1 < l.at.Line || n+1 > l.at.Line+12 {
			continue
		}
		from := 0
		if n+1 == l.at.Line && l.at.Column <= len(row) {
			from = max(0, l.at.Column-1)
		}
		if i := bytes.Index(row[from:], []byte(first)); i >= 0 && first != "" {
			at.at = dialogs.Position{Line: n + 1, Column: from + i + 1}
			return at
		}
	}
	return at
}

var (
	quotedSlot = regexp.MustCompile(`[“"‘'«„][^“”"‘'«»„\n]*\{[a-z0-9_]+\}[^“”"’'«»„\n]*[”"’'»“]`)
	anySlot    = regexp.MustCompile(`\{([a-z][a-z0-9_]*)\}`)
)

// ours is what the bot itself says: quoted words of the person are left out.
func ours(text string) string { return quotedSlot.ReplaceAllString(text, "") }

// quotes lists the slots of a line that hold the person's own words: what a
// free question kept, or a fact of kind text that some free question keeps.
func (b *book) quotes(l *line) []string {
	var list []string
	for _, m := range anySlot.FindAllStringSubmatch(l.text, -1) {
		if l.script != nil && b.isOwn(l.script, m[1]) {
			list = append(list, m[1])
		}
	}
	return list
}

// isOwn tells whether a name holds words that a person wrote.
func (b *book) isOwn(s *script, name string) bool {
	if s.own[name] {
		return true
	}
	kind, isFact := b.facts[name]
	if isFact && kind.Kind == dialogs.Text {
		for _, other := range b.scripts {
			if other.own[name] {
				return true
			}
		}
	}
	// A name that was set from another one: "set: {small: smaller}", "remember: {step: small}".
	for _, other := range b.scripts {
		if !isFact && other != s {
			continue
		}
		for _, st := range other.steps {
			for _, set := range st.Sets {
				if set.Name == name && other.own[strings.TrimSpace(set.Value)] {
					return true
				}
			}
		}
	}
	return false
}

// sentence builds a message that starts with a capital and ends with a dot.
func sentence(format string, args ...any) string {
	text := fmt.Sprintf(format, args...)
	if text == "" {
		return text
	}
	if c := text[0]; c >= 'a' && c <= 'z' {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") {
		text += "."
	}
	return text
}
