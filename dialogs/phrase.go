package dialogs

import (
	"maps"
	"slices"
	"strings"
)

// readPhrases reads what is said outside scripts.
func (e *Edition) readPhrases(source []byte, f *faults) {
	root, ok := parseYAML(phrasesFile, source, f)
	if !ok {
		return
	}
	o, ok := root.object("phrases.yaml", phrasesKeys)
	if !ok {
		return
	}
	readFormat(o)
	if language := o.get("language").text("language"); language != "" {
		e.language = language
	}
	list, ok := o.get("phrases").object("phrases", nil)
	if !ok {
		return
	}
	for _, entry := range list.entries {
		w := &words{source: entry.words(entry.key), at: entry.pos}
		t, bad := parseTemplate(w.source)
		if bad != "" {
			entry.fault("%s: %s is not a name to put in; a name is small letters, digits and _", entry.key, bad)
			continue
		}
		if extra, core := corePhrases[entry.key]; core {
			for _, name := range t.names {
				if !slices.Contains(hostWords[:alwaysKnown], name) && !slices.Contains(extra, name) {
					entry.fault("%s: unknown name {%s}%s", entry.key, name, nearest(name, hostWords))
				}
			}
		}
		w.own = t
		e.phrases[entry.key] = w
	}
	for _, key := range slices.Sorted(maps.Keys(corePhrases)) {
		if e.phrases[key] == nil {
			f.add(o.get("phrases").pos, "the phrase %q is missing", key)
		}
	}
	e.standIn(f, o.get("phrases").pos)
}

// PhraseView is one of the texts said outside scripts, for lint.
type PhraseView struct {
	Key, Text string
	At        Position
}

// PhraseViews lists the phrases by key, in the language they are written in.
func (e *Edition) PhraseViews() []PhraseView {
	views := make([]PhraseView, 0, len(e.phrases))
	for _, key := range slices.Sorted(maps.Keys(e.phrases)) {
		w := e.phrases[key]
		views = append(views, PhraseView{Key: key, Text: w.source, At: Position{w.at.line, w.at.column}})
	}
	return views
}

// Phrase is one of the texts said outside scripts, in the person's language.
// An unknown key gives "". A name without a value is written in neutral words:
// unlike a step of a script, a phrase is never passed over.
func (e *Edition) Phrase(key, language string, about Host, more map[string]string) string {
	return e.phrase(key, language, about, more, e)
}

// phrase is Phrase with the help lines of another, newer edition.
func (e *Edition) phrase(key, language string, about Host, more map[string]string, lines *Edition) string {
	w := e.phrases[key]
	if w == nil {
		return ""
	}
	text, _ := w.template(language).fill(func(name string) (string, bool) {
		if v := more[name]; v != "" {
			return v, true
		}
		if v, ok := lines.helpLine(name, language, about.Nation); ok {
			return v, true
		}
		if v := e.hostWord(name, language, about); v != "" {
			return v, true
		}
		return "...", true
	})
	return text
}

// hostWord is what the host knows around the person. Where it knows nothing,
// the phrase "unknown-NAME" stands in.
func (e *Edition) hostWord(name, language string, about Host) string {
	var value string
	switch name {
	case "worker":
		value = about.Worker
	case "team":
		value = about.Team
	case "hours":
		value = about.Hours
	case "reads":
		value = about.Reads
	default:
		return ""
	}
	if value != "" {
		return value
	}
	return e.phrases["unknown-"+name].template(language).text[0]
}

func splitList(t *template) []string {
	list := strings.FieldsFunc(t.text[0], func(r rune) bool { return r == ',' || r == '،' || r == '、' })
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}
