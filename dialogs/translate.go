package dialogs

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// text is one translatable text: where it stands (the context that a
// translation names it by), what it is, and the step that says it.
type text struct {
	context string
	*words
	of     textKind
	script *Script
	step   *step
	choice *choice
}

// textKind says what a text is for the person who reads it.
type textKind int

const (
	message textKind = iota
	question
	repair
	buttonLabel
	synonyms // what people may write instead of a button's label, with commas
	reminder
	phraseText
	helpLine
)

// texts lists everything that people read, and what they may write for a
// button, in the order of a translation: scripts by name, phrases, help lines.
func (e *Edition) texts() []text {
	var list []text
	for _, name := range scriptNames(e.scripts) {
		list = append(list, e.scripts[name].texts()...)
	}
	for _, key := range slices.Sorted(maps.Keys(e.phrases)) {
		list = append(list, text{context: "phrases/" + key, words: e.phrases[key], of: phraseText})
	}
	return append(list, e.signTexts()...)
}

// texts lists what a script says, in the order of the file.
func (s *Script) texts() []text {
	var list []text
	if s.remind != nil {
		list = append(list, text{context: s.name + "/" + remindName, words: s.remind.say, of: reminder, script: s})
	}
	for _, st := range s.steps {
		if st.say != nil {
			of := message
			if st.does == doAsk {
				of = question
			}
			list = append(list, text{context: st.path, words: st.say, of: of, script: s, step: st})
		}
		if st.again != nil {
			list = append(list, text{context: st.path + ".again", words: st.again, of: repair, script: s, step: st})
		}
		for i := range st.choices {
			c := &st.choices[i]
			list = append(list, text{context: st.path + ".choice." + c.value, words: c.label, of: buttonLabel, script: s, step: st, choice: c})
			if c.also != nil {
				list = append(list, text{context: st.path + ".also." + c.value, words: c.also, of: synonyms, script: s, step: st, choice: c})
			}
		}
	}
	return list
}

// oneLanguage sees to it that scripts and phrases are written in one language,
// English: the words that come with the program are.
func (e *Edition) oneLanguage(f *faults) {
	if e.phrases["yes"] != nil && baseOf(e.language) != "en" {
		f.add(pos{phrasesFile, 1, 1}, "language: %q; phrases and scripts are written in English, and other languages stand in translations", e.language)
	}
	for _, s := range e.Scripts() {
		if s.language != "" && baseOf(s.language) != "en" {
			f.add(s.at, "language: %q; phrases and scripts are written in English, and other languages stand in translations", s.language)
		}
	}
}

// languageName is how a translation's file may be called, without its .po.
var languageName = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// isLanguage tells whether a tag names a language that there is.
func isLanguage(tag string) bool {
	_, err := language.Parse(tag)
	return err == nil && languageName.MatchString(tag)
}

// translate reads the translations, one file for each language, such as cy.po.
// Each has every text, or the edition does not load: nobody reads two
// languages in one message.
func (e *Edition) translate(f *faults, stored bool) {
	for _, file := range slices.Sorted(maps.Keys(e.files)) {
		if path.Ext(file) != ".po" {
			continue
		}
		tag := strings.TrimSuffix(file, ".po")
		switch {
		case !isLanguage(tag):
			f.add(pos{file: file}, "a translation is one file for each language, named by its tag, such as cy.po")
			continue
		case baseOf(tag) == baseOf(e.language):
			f.add(pos{file: file}, "the scripts themselves are in %q, so this translates nothing", e.language)
			continue
		}
		e.languages = append(e.languages, tag)
		e.translateTo(tag, file, f, stored)
	}
}

func (e *Edition) translateTo(tag, file string, f *faults, stored bool) {
	header, entries, ok := readPO(file, string(e.files[file]), f)
	if !ok {
		return
	}
	if header.Language != "" && baseOf(header.Language) != baseOf(tag) {
		f.add(pos{file, 1, 1}, "the header says Language: %s, the file's name says %s", header.Language, tag)
	}
	if header.UnknowFields[CheckedField] == "" {
		e.unchecked = append(e.unchecked, tag)
	}
	by := make(map[string]poEntry, len(entries))
	for _, entry := range entries {
		if first, twice := by[entry.MsgContext]; twice {
			f.add(entry.at(file), "%s is here twice; the first one is in line %d", entry.MsgContext, first.contextLine)
			continue
		}
		by[entry.MsgContext] = entry
	}
	rtl := isRightToLeft(tag)
	for _, t := range e.texts() {
		entry, here := by[t.context]
		delete(by, t.context)
		if stored && t.fromProgram() && (!here || entry.MsgId != t.source) {
			continue
		}
		if !here {
			f.add(pos{file: file}, "%s is missing: it says %q in English. Get a fresh file with onestep translate export %s", t.context, t.source, tag)
			continue
		}
		said, ok := t.translated(tag, entry, file, f)
		if !ok {
			continue
		}
		said.rtl = rtl
		if t.in == nil {
			t.in = make(map[string]template)
		}
		t.in[tag] = said
		e.translations = append(e.translations, Translation{tag, t.context, t.source, entry.MsgStr, entry.translationLine})
	}
	for _, entry := range by {
		if !stored {
			f.add(entry.at(file), "there is no text %q to translate; take it out, or get a fresh file with onestep translate export %s", entry.MsgContext, tag)
		}
	}
	e.tellButtonsApart(tag, file, entries, f)
}

// Translation is one translated text, for lint.
type Translation struct {
	Language, Context, English, Said string
	Line                             int // in LANGUAGE.po, where the translation begins
}

// Translations lists all translated texts in the order of their originals. The
// caller must not change them.
func (e *Edition) Translations() []Translation { return e.translations }

// CheckedField is the field of a translation's header that says which native
// speaker has checked it, and when.
const CheckedField = "X-Checked-By"

// at is the place of an entry's context, or of its text where it has none.
func (p poEntry) at(file string) pos {
	if p.contextLine > 0 {
		return pos{file, p.contextLine, 1}
	}
	return pos{file, max(1, p.textLine), 1}
}

// translated checks one translation against its text.
func (t text) translated(tag string, entry poEntry, file string, f *faults) (template, bool) {
	wrong := pos{file, max(1, entry.translationLine), 1}
	switch {
	case entry.MsgId != t.source:
		f.add(pos{file, entry.textLine, 1}, "%s: the English has changed and now says %q", t.context, t.source)
		return template{}, false
	case entry.GetFuzzy():
		f.add(entry.at(file), "%s is marked fuzzy: somebody has to look at it and take the mark away", t.context)
		return template{}, false
	case strings.TrimSpace(entry.MsgStr) == "":
		f.add(wrong, "%s is not translated: msgstr is empty", t.context)
		return template{}, false
	}
	said, bad := parseTemplate(strings.TrimSpace(entry.MsgStr))
	if bad != "" {
		f.add(wrong, "%s: %s is not a name to put in", t.context, bad)
		return template{}, false
	}
	before := len(f.list)
	if slot, want := said.miscounted(tag); slot != "" {
		f.add(wrong, "%s: %s has another number of words than this language counts by, which is %d", t.context, slot, want)
	}
	said.tag = tag
	for _, name := range t.own.names {
		if !slices.Contains(said.names, name) {
			f.add(wrong, "%s: {%s} is lost; the English puts it in", t.context, name)
		}
	}
	for _, name := range said.names {
		if !slices.Contains(t.own.names, name) {
			f.add(wrong, "%s: {%s} is not in the English, which puts in %s", t.context, name, slots(t.own.names))
		}
	}
	t.sameNumbers(said, wrong, f)
	if key, ok := strings.CutPrefix(t.context, "phrases/"); ok && lists[key] > 0 && len(splitList(&said)) != lists[key] {
		f.add(wrong, "%s: %d names with commas between them, not %d", t.context, lists[key], len(splitList(&said)))
	}
	return said, len(f.list) == before
}

// digits are the numbers in a text, spaces inside a telephone number included.
var digits = regexp.MustCompile(`\d[\d ]*\d|\d`)

// sameNumbers checks that no number was lost or put in: "116 123" and "0 to
// 10" are the same in every language. Help lines may add one that answers in
// that language; what people may write for a button is their own.
func (t text) sameNumbers(said template, at pos, f *faults) {
	if t.of == synonyms {
		return
	}
	own := digits.FindAllString(strings.Join(t.own.text, "|"), -1)
	theirs := digits.FindAllString(strings.Join(said.text, "|"), -1)
	for _, n := range own {
		if !slices.Contains(theirs, n) {
			f.add(at, "%s: the number %s is lost", t.context, n)
			return
		}
	}
	for _, n := range theirs {
		if t.of != helpLine && !slices.Contains(own, n) {
			f.add(at, "%s: the number %s is not in the English", t.context, n)
			return
		}
	}
}

// tellButtonsApart checks that no words of one language name two buttons of a
// question.
func (e *Edition) tellButtonsApart(tag, file string, entries []poEntry, f *faults) {
	lines := make(map[string]int, len(entries))
	for _, entry := range entries {
		lines[entry.MsgContext] = entry.translationLine
	}
	for _, s := range e.Scripts() {
		for _, st := range s.steps {
			names := make(map[string]string)
			for _, c := range st.choices {
				for i, name := range c.namesIn(tag) {
					key, what := fold(name), ".choice."
					if i > 0 {
						what = ".also."
					}
					if other, taken := names[key]; taken && other != c.value {
						f.add(pos{file, max(1, lines[st.path+what+c.value]), 1}, "%s%s%s: %q names two buttons, this one and %s", st.path, what, c.value, name, other)
						continue
					}
					names[key] = c.value
				}
			}
		}
	}
}

// namesIn are the label of a choice in a language, and what else may be
// written for it there; nothing where that is not translated.
func (c *choice) namesIn(tag string) []string {
	label, ok := c.label.in[tag]
	if !ok {
		return nil
	}
	names := []string{label.text[0]}
	if c.also != nil {
		if also, ok := c.also.in[tag]; ok {
			names = append(names, splitList(&also)...)
		}
	}
	return names
}

// fromProgram tells whether the text comes with the program, not with the
// scripts.
func (t text) fromProgram() bool {
	key, isPhrase := strings.CutPrefix(t.context, "phrases/")
	_, standsIn := standIns[key]
	return t.of == helpLine || isPhrase && standsIn
}

// slots writes names as they stand in a text.
func slots(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = "{" + name + "}"
	}
	return strings.Join(list, ", ")
}

// baseOf is the language of a tag without its region: "cy" of "cy-GB".
func baseOf(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return base
}

// speaks is the language of the edition in which a person is spoken to: theirs
// where it is translated, else the scripts' own.
func (e *Edition) speaks(tag string) string {
	for _, t := range []string{tag, baseOf(tag)} {
		if slices.Contains(e.languages, t) {
			return t
		}
	}
	return e.language
}
