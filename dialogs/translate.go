package dialogs

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/leonelquinteros/gotext"
)

// text is one translatable text and its context.
type text struct {
	context string
	*words
}

// texts lists what a script says, in the order of the file.
func (s *Script) texts() []text {
	var list []text
	if s.remind != nil {
		list = append(list, text{remindName, s.remind.say})
	}
	for _, st := range s.steps {
		if st.say != nil {
			list = append(list, text{st.id, st.say})
		}
		if st.again != nil {
			list = append(list, text{st.id + ".again", st.again})
		}
		for _, c := range st.choices {
			list = append(list, text{st.id + ".choice." + c.value, c.label})
		}
	}
	return list
}

// translate reads NAME.LANGUAGE.po beside NAME.yaml. A language that has one
// file must have all: nobody reads two languages in one conversation.
func (e *Edition) translate(f *faults) {
	for _, file := range slices.Sorted(maps.Keys(e.files)) {
		if path.Ext(file) != ".po" {
			continue
		}
		name, language, ok := strings.Cut(strings.TrimSuffix(file, ".po"), ".")
		if !ok || e.files[name+".yaml"] == nil {
			f.add(pos{file: file}, "a translation is named after its script and its language, such as weekly.cy.po")
			continue
		}
		if !slices.Contains(e.languages, language) {
			e.languages = append(e.languages, language)
		}
	}
	for _, language := range e.languages {
		for _, name := range scriptNames(e.scripts) {
			e.translateFile(name, language, e.scripts[name].texts(), f)
		}
		var phrases []text
		for _, key := range slices.Sorted(maps.Keys(e.phrases)) {
			phrases = append(phrases, text{key, e.phrases[key]})
		}
		e.translateFile("phrases", language, phrases, f)
	}
}

func (e *Edition) translateFile(name, language string, texts []text, f *faults) {
	file := fmt.Sprintf("%s.%s.po", name, language)
	source, ok := e.files[file]
	if !ok {
		f.add(pos{file: file}, "this file is missing: the language %q is in other files", language)
		return
	}
	po := gotext.NewPo()
	po.Parse(source)
	contexts := po.GetDomain().GetCtxTranslations()
	lines := contextLines(string(source))
	known := make(map[string]bool)
	for _, t := range texts {
		known[t.context] = true
		at := pos{file: file, line: max(1, lines[t.context]), column: 1}
		translation := contexts[t.context][t.source]
		switch {
		case contexts[t.context] == nil:
			f.add(at, "%s is not translated: msgctxt %q, msgid %q", t.context, t.context, t.source)
			continue
		case translation == nil:
			f.add(at, "%s: the original has changed and now says %q", t.context, t.source)
			continue
		case !translation.IsTranslated():
			f.add(at, "%s: msgstr is empty", t.context)
			continue
		}
		said := translation.Get()
		words, bad := parseTemplate(said)
		switch {
		case bad != "":
			f.add(at, "%s: %s is not a name to put in", t.context, bad)
			continue
		case !words.sameNames(&t.own):
			f.add(at, "%s: the translation puts in other names than the original (%s)", t.context, strings.Join(t.own.names, ", "))
			continue
		}
		if t.in == nil {
			t.in = make(map[string]template)
		}
		t.in[language] = words
	}
	for context, line := range lines {
		if !known[context] {
			f.add(pos{file, line, 1}, "there is no text %q to translate", context)
		}
	}
}

// contextLines finds the line of each msgctxt, which the PO library drops.
func contextLines(source string) map[string]int {
	lines := make(map[string]int)
	for i, line := range strings.Split(source, "\n") {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "msgctxt"); ok {
			lines[strings.Trim(strings.TrimSpace(rest), `"`)] = i + 1
		}
	}
	return lines
}
