package dialogs

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/chai2010/gettext-go/po"
)

// Exported tells what a translation's file holds after an export.
type Exported struct {
	Texts int // in all
	// New have no translation. Stale had one of other English words, or take
	// that of a text which says the same; they are marked fuzzy.
	New, Stale int
	Gone       int // translations of texts that there are no more; left out
}

// LoadOriginals is Load without the translations, so that one can be mended.
func LoadOriginals(fsys fs.FS) (*Edition, error) {
	files, err := readFiles(fsys)
	if err != nil {
		return nil, Faults{{File: ".", Message: err.Error()}}
	}
	maps.DeleteFunc(files, func(name string, _ []byte) bool { return path.Ext(name) == ".po" })
	return build(files, false)
}

// WithTranslation is the edition with one translation put in or replaced. Its
// error is Faults, with the file named LANGUAGE.po.
func (e *Edition) WithTranslation(language string, source []byte) (*Edition, error) {
	files := maps.Clone(e.files)
	files[language+".po"] = source
	return build(files, false)
}

// ExportTranslation writes the file that a translator works on: every text of
// the edition with a note of what it is, and what is translated already in
// old, an earlier file or nil. Words whose English has changed since are kept
// and marked fuzzy. The error is Faults when old is no PO file.
func (e *Edition) ExportTranslation(language string, old []byte) (file []byte, is Exported, err error) {
	var f faults
	header, entries := po.Header{}, []poEntry(nil)
	if old != nil {
		var ok bool
		if header, entries, ok = readPO(language+".po", string(old), &f); !ok {
			return nil, Exported{}, f.err()
		}
	}
	if !isLanguage(language) || baseOf(language) == baseOf(e.language) {
		return nil, Exported{}, fmt.Errorf("%q is no language to translate to; it is a tag such as cy, pl or ar", language)
	}
	by, same := make(map[string]poEntry, len(entries)), make(map[string]string)
	for _, entry := range entries {
		by[entry.MsgContext] = entry
		if !entry.GetFuzzy() && entry.MsgStr != "" {
			same[entry.MsgId] = entry.MsgStr
		}
	}
	var out bytes.Buffer
	out.WriteString(headerOf(header, language).String())
	for _, t := range e.texts() {
		m := po.Message{MsgContext: t.context, MsgId: t.source}
		m.ExtractedComment = e.note(t)
		was, here := by[t.context]
		delete(by, t.context)
		switch {
		case (!here || was.MsgStr == "") && same[t.source] != "": // a step of another name, or said twice
			is.Stale++
			m.MsgStr, m.Flags = same[t.source], []string{"fuzzy"}
		case !here || was.MsgStr == "":
			is.New++
		case was.MsgId != t.source:
			is.Stale++
			m.MsgStr, m.PrevMsgId, m.Flags = was.MsgStr, was.MsgId, []string{"fuzzy"}
		default:
			m.MsgStr, m.PrevMsgId, m.Flags = was.MsgStr, was.PrevMsgId, was.Flags
			if was.GetFuzzy() {
				is.Stale++
			}
		}
		if here {
			m.TranslatorComment = strings.TrimSpace(was.TranslatorComment)
		}
		is.Texts++
		out.WriteString("\n" + written(m))
	}
	is.Gone = len(by)
	return out.Bytes(), is, nil
}

// written is an entry as it stands in the file. The library does not write what
// the English was before (#|) so that it can be read again.
func written(m po.Message) string {
	before := m.PrevMsgId
	m.PrevMsgId = ""
	text := m.String()
	if before == "" {
		return text
	}
	var was strings.Builder
	was.WriteString("#| msgid \"\"\n")
	for line := range strings.Lines(before) {
		was.WriteString("#| \"" + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(line) + "\"\n")
	}
	return strings.Replace(text, "msgctxt ", was.String()+"msgctxt ", 1)
}

// headerOf fills in what a header must say.
func headerOf(h po.Header, language string) po.Header {
	h.Language, h.MimeVersion = language, "1.0"
	h.ContentType, h.ContentTransferEncoding = "text/plain; charset=UTF-8", "8bit"
	if h.ProjectIdVersion == "" {
		h.ProjectIdVersion = "onestep"
	}
	fields := maps.Clone(h.UnknowFields)
	if fields == nil {
		fields = make(map[string]string)
	}
	if _, ok := fields[CheckedField]; !ok {
		fields[CheckedField] = ""
	}
	h.UnknowFields = map[string]string{CheckedField: fields[CheckedField]} // one field alone has an order
	if h.TranslatorComment == "" {
		h.TranslatorComment = "Translation of the check-ins. docs/writing-check-ins.md says how to translate.\n" +
			"A native speaker who has read all of it writes name and date behind " + CheckedField + " below."
	}
	return h
}

// note tells a translator what a text is, what it is for and what is put in.
func (e *Edition) note(t text) string {
	var lines []string
	where := ""
	if t.script != nil {
		where = " (" + t.script.file
		if t.step != nil {
			where += ", step " + t.step.id
		}
		where += ")"
	}
	switch t.of {
	case message:
		lines = append(lines, "A message"+where+".")
	case question:
		lines = append(lines, "A question"+where+"; "+answeredBy[t.step.asks]+".")
	case repair:
		lines = append(lines, "Asked again when a reply was not clear"+where+". The question is: "+oneLine(t.step.say.source))
	case buttonLabel:
		lines = append(lines, "A button"+where+". The question is: "+oneLine(t.step.say.source))
	case synonyms:
		lines = append(lines, fmt.Sprintf("What people may write instead of pressing “%s”%s. Words that people of this language write, as many as you like, with commas.", t.choice.label.source, where))
	case reminder:
		lines = append(lines, "The one reminder when nobody has replied"+where+".")
	case phraseText:
		about := "Said outside the check-ins."
		if known := phraseNotes[strings.TrimPrefix(t.context, "phrases/")]; known != "" {
			about = known
		}
		lines = append(lines, about)
	case helpLine:
		lines = append(lines, helpLineNote)
	}
	var tags []string
	switch {
	case t.of == reminder:
		tags = t.script.remind.tags
	case t.of == message, t.of == question:
		tags = t.step.tags
	}
	for _, name := range tags {
		if tag, ok := TagNamed(name); ok {
			lines = append(lines, "["+name+"] "+oneLine(tag.About))
		}
	}
	if t.of == synonyms {
		return strings.Join(lines, "\n")
	}
	if t.own.forms != nil {
		lines = append(lines, "{name|...|...} is the word that goes with a number, in each form that your language counts by, in the order of Unicode's rules (zero, one, two, few, many, other). Leave it out where the word does not change.")
	}
	names := slices.Clone(t.own.names)
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		lines = append(lines, "{"+name+"} is "+e.means(t, name))
	}
	return strings.Join(lines, "\n")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// means says what is put in for a name.
func (e *Edition) means(t text, name string) string {
	if what := slotNotes[name]; what != "" {
		return what
	}
	if t.script == nil {
		return "filled in by the program."
	}
	if kind, ok := t.script.vars[name]; ok {
		return kindNotes[kind]
	}
	fact := e.facts[name]
	return kindNotes[fact.Kind] + " " + oneLine(fact.About)
}
