package dialogs

import (
	"slices"
	"strings"
)

// ask reads a question.
func (r *reader) ask(s *step, o object) {
	kind := o.get("ask")
	s.asks = asked(kind.text("ask"))
	if !slices.Contains(askNames, string(s.asks)) {
		kind.fault("ask: unknown kind %q; it is %s", s.asks, oneOf(askNames))
	}
	s.say = r.words(o.get("say"), "say", o.pos)
	if again := o.get("again"); again.present() {
		s.again = r.words(again, "again", o.pos)
	}
	s.unclear, s.skip = r.target(o.get("unclear")), r.target(o.get("skip"))
	s.yes, s.no = r.target(o.get("yes")), r.target(o.get("no"))
	s.timeout = r.timeout(o.get("timeout"))
	s.required = o.get("required").yes("required")
	r.kept(s, o.get("keep"))
	for _, key := range []string{"yes", "no"} {
		if s.asks != askYesNo && o.get(key).present() {
			r.add(o.keyAt(key), "%s belongs to ask: yesno", key)
		}
	}
	if s.required && o.get("skip").present() {
		r.add(o.keyAt("skip"), "a required question has no skip: it is asked once more and then the script ends")
	}
	list := o.get("choices")
	switch {
	case s.asks != askChoice && list.present():
		r.add(o.keyAt("choices"), "choices belong to ask: choice")
	case s.asks == askChoice && !list.present():
		r.add(o.pos, "a choice without buttons; add choices")
	case s.asks == askChoice:
		r.choices(s, list)
	}
}

// kept checks that the name fits the kind of the question.
func (r *reader) kept(s *step, n node) {
	if s.keep = n.text("keep"); s.keep == "" {
		return
	}
	kind, isName := r.kinds[s.keep]
	want := keeps[s.asks]
	switch {
	case !isName:
		n.fault("keep: unknown name %q%s; add it to vars", s.keep, nearest(s.keep, r.names()))
	case want != "" && kind != want:
		n.fault("keep: %q is a %s, but ask: %s gives a %s", s.keep, kind, s.asks, want)
	}
	_, s.keepFact = r.facts[s.keep]
}

func (r *reader) choices(s *step, list node) {
	seen := make(map[string]bool)
	for _, n := range list.list("choices") {
		o, ok := n.object("a choice", choiceKeys)
		if !ok {
			continue
		}
		c := choice{value: o.get("value").text("value"), label: r.words(o.get("label"), "label", o.pos), at: o.pos}
		if !valueName.MatchString(c.value) {
			n.fault("value: 1 to 32 letters, digits and signs without spaces")
		}
		if len(c.label.own.names) > 0 {
			n.fault("label: a button has fixed words")
		}
		c.also = synonymsOf(o.get("also"))
		c.to, c.goes = r.target(o.get("go")), o.get("go").present()
		names := append([]string{c.value, c.label.source}, c.synonyms("")...)
		for _, name := range names {
			if key := fold(name); seen[key] && key != fold(c.value) {
				n.fault("%q names two choices", name)
			}
		}
		for _, name := range names {
			seen[fold(name)] = true
		}
		s.choices = append(s.choices, c)
	}
	if len(s.choices) == 0 {
		list.fault("a choice without buttons; add choices")
	}
}

// synonymsOf reads what else people may write for a button. It is kept as one
// text with commas, which is how it is translated.
func synonymsOf(also node) *words {
	if !also.present() {
		return nil
	}
	var list []string
	for _, a := range also.list("also") {
		switch name := strings.TrimSpace(a.text("also")); {
		case name == "":
			a.fault("also: an empty word")
		case strings.ContainsAny(name, ",{}"):
			a.fault("also: %q has a comma or a bracket; write each word by itself", name)
		default:
			list = append(list, name)
		}
	}
	joined := strings.Join(list, ", ")
	if joined == "" {
		return nil
	}
	return &words{source: joined, at: also.pos, own: template{text: []string{joined}}}
}

// synonyms are what else may be written for a choice, in one language.
func (c *choice) synonyms(language string) []string {
	if c.also == nil {
		return nil
	}
	return splitList(c.also.template(language))
}

// fold is a text as it is compared: small letters, single spaces, no dot.
func fold(s string) string {
	return strings.Trim(strings.Join(strings.Fields(strings.ToLower(s)), " "), " .!?")
}
