package dialogs

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// words are a text that people see, with names to put in, in every language.
type words struct {
	source string
	at     pos
	own    template            // in the script's own language
	in     map[string]template // in the others
}

// template is a text cut at its names: text[0] name[0] text[1] ...
type template struct {
	text  []string
	names []string
	rtl   bool // of a language that is written from right to left
	// forms are the words that go with a number, {n|week|weeks}, by place; nil
	// where a text has none. tag is the language that counts, "" for English.
	forms map[int][]string
	tag   string
}

var (
	slot     = regexp.MustCompile(`\{([^{}]*)\}`)
	slotName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// parseTemplate cuts a text at its names. bad is a slot that holds no name.
func parseTemplate(text string) (t template, bad string) {
	from := 0
	for _, m := range slot.FindAllStringSubmatchIndex(text, -1) {
		name, forms, isCounted := strings.Cut(text[m[2]:m[3]], "|")
		if !slotName.MatchString(name) {
			return template{}, text[m[0]:m[1]]
		}
		if isCounted {
			if t.forms == nil {
				t.forms = make(map[int][]string)
			}
			t.forms[len(t.names)] = strings.Split(forms, "|")
		}
		t.text = append(t.text, text[from:m[0]])
		t.names = append(t.names, name)
		from = m[1]
	}
	t.text = append(t.text, text[from:])
	if i := strings.IndexAny(strings.Join(t.text, ""), "{}"); i >= 0 {
		return template{}, "{"
	}
	return t, ""
}

// template picks the words of a language: "cy-GB" takes "cy", and a language
// that the edition does not have takes the script's own.
func (w *words) template(language string) *template {
	if len(w.in) > 0 {
		if t, ok := w.in[language]; ok {
			return &t
		}
		base, _, _ := strings.Cut(language, "-")
		if t, ok := w.in[base]; ok {
			return &t
		}
	}
	return &w.own
}

// fill puts values in. ok is false when a name has none: a text with a hole is
// never said.
func (t *template) fill(value func(name string) (string, bool)) (text string, ok bool) {
	if len(t.names) == 0 {
		return t.text[0], true
	}
	var b strings.Builder
	for i, name := range t.names {
		v, known := value(name)
		if !known || v == "" {
			return "", false
		}
		b.WriteString(t.text[i])
		if words, isCounted := t.forms[i]; isCounted {
			b.WriteString(form(cmp.Or(t.tag, "en"), v, words))
			continue
		}
		b.WriteString(isolated(v, t.rtl))
	}
	b.WriteString(t.text[len(t.names)])
	return b.String(), true
}

// sameNames tells whether a translation puts in what the original does.
func (t *template) sameNames(other *template) bool {
	a, b := slices.Clone(t.names), slices.Clone(other.names)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// number writes a number without needless zeros.
func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
