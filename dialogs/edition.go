package dialogs

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"
	"time"

	"onestep/dialogs/reply"
)

// Edition is every script of a moment, compiled, with its facts, phrases and
// translations. It never changes and is safe for concurrent use.
type Edition struct {
	id           string
	files        map[string][]byte
	scripts      map[string]*Script
	facts        map[string]Fact
	phrases      map[string]*words
	language     string // of the phrases
	languages    []string
	named        map[string]string // tag of a language by its folded names
	longestName  int               // of named, in bytes, with room for what folding drops
	hours        sync.Map          // what Hours said, by what it was asked
	unchecked    []string          // languages that no native speaker has checked
	translations []Translation
	signs        map[string]signs
	calendars    map[string]*calendar
	source       func() []byte
}

// Fact is a declared fact.
type Fact struct {
	Kind  Kind
	About string
}

// Load reads the *.yaml and *.po files of one folder. Its error is Faults: all
// that is wrong at once.
func Load(fsys fs.FS) (*Edition, error) {
	files, err := readFiles(fsys)
	if err != nil {
		return nil, Faults{{File: ".", Message: err.Error()}}
	}
	return build(files, false)
}

func readFiles(fsys fs.FS) (map[string][]byte, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	for _, e := range entries {
		if ext := path.Ext(e.Name()); e.IsDir() || (ext != ".yaml" && ext != ".po") {
			continue
		}
		if files[e.Name()], err = fs.ReadFile(fsys, e.Name()); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// Open loads what Source gave, perhaps by an older program: what its
// translations lack of the words that come with the program is no fault.
func Open(source []byte) (*Edition, error) {
	archive, err := zip.NewReader(bytes.NewReader(source), int64(len(source)))
	if err != nil {
		return nil, fmt.Errorf("this is no edition: %w", err)
	}
	files, err := readFiles(archive)
	if err != nil {
		return nil, fmt.Errorf("this is no edition: %w", err)
	}
	return build(files, true)
}

// Source is all files of the edition as one compressed blob. The caller must
// not change it.
func (e *Edition) Source() []byte { return e.source() }

func pack(files map[string][]byte) []byte {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := archive.Create(name)
		if err == nil {
			_, err = w.Write(files[name])
		}
		if err != nil {
			panic("writing to memory failed: " + err.Error()) // bytes.Buffer never fails
		}
	}
	if err := archive.Close(); err != nil {
		panic("writing to memory failed: " + err.Error())
	}
	return out.Bytes()
}

// ID is a hash of the files' names and contents, 24 hex digits.
func (e *Edition) ID() string { return e.id }

func hash(files map[string][]byte) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, part := range [][]byte{[]byte(name), files[name]} {
			var size [8]byte
			binary.BigEndian.PutUint64(size[:], uint64(len(part)))
			h.Write(size[:])
			h.Write(part)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:24]
}

// Script is the script of that name.
func (e *Edition) Script(name string) (*Script, bool) {
	s, ok := e.scripts[name]
	return s, ok
}

// Scripts lists all scripts by name.
func (e *Edition) Scripts() []*Script {
	list := make([]*Script, 0, len(e.scripts))
	for _, name := range scriptNames(e.scripts) {
		list = append(list, e.scripts[name])
	}
	return list
}

// Facts lists the declared facts. The caller owns the map.
func (e *Edition) Facts() map[string]Fact { return maps.Clone(e.facts) }

// File is the text of one of the edition's files, nil when there is none of
// that name. The caller must not change it.
func (e *Edition) File(name string) []byte { return e.files[name] }

// Languages lists the tags of the translations, without the scripts' own.
func (e *Edition) Languages() []string { return slices.Clone(e.languages) }

// Spoken lists the tags of all languages in which people can be spoken to, the
// scripts' own first.
func (e *Edition) Spoken() []string { return append([]string{e.language}, e.languages...) }

// Speaks tells whether somebody of this language is spoken to in it, whatever
// their region: "en-GB" is spoken to in "en". Others read the scripts' own, and so
// does who names no language, as they ask for.
func (e *Edition) Speaks(tag string) bool {
	return tag == "" || baseOf(e.speaks(tag)) == baseOf(tag)
}

// Unchecked lists the languages that no native speaker has checked: the header
// of their translation names nobody in CheckedField.
func (e *Edition) Unchecked() []string { return slices.Clone(e.unchecked) }

func scriptNames(all map[string]*Script) []string { return slices.Sorted(maps.Keys(all)) }

const (
	factsFile   = "facts.yaml"
	phrasesFile = "phrases.yaml"
)

// build compiles the files of an edition; stored ones may be older than the
// program.
func build(files map[string][]byte, stored bool) (*Edition, error) {
	var f faults
	e := &Edition{
		id: hash(files), files: files, scripts: make(map[string]*Script),
		facts: make(map[string]Fact), phrases: make(map[string]*words), language: "en", signs: newSigns(),
	}
	e.source = sync.OnceValue(func() []byte { return pack(files) })
	if len(files) == 0 {
		return nil, Faults{{File: ".", Message: "there are no scripts here (*.yaml)"}}
	}
	kinds := make(map[string]Kind)
	if source, ok := files[factsFile]; ok {
		e.readFacts(source, &f)
		for name, fact := range e.facts {
			kinds[name] = fact.Kind
		}
	}
	if source, ok := files[phrasesFile]; ok {
		e.readPhrases(source, &f)
	} else {
		f.add(pos{file: phrasesFile}, "this file is missing: it holds what is said outside scripts")
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) != ".yaml" || name == factsFile || name == phrasesFile {
			continue
		}
		if s := readScript(name, files[name], kinds, &f); s != nil {
			e.scripts[s.name] = s
		}
	}
	for _, s := range e.Scripts() {
		s.check(&f, e.scripts)
		s.checkKnown(&f, kinds)
	}
	checkCalls(&f, e.scripts)
	e.oneLanguage(&f)
	e.translate(&f, stored)
	if err := f.err(); err != nil {
		return nil, err
	}
	e.nameLanguages()
	e.calendars = make(map[string]*calendar)
	for _, language := range e.Spoken() {
		e.calendars[language] = e.newCalendar(language)
	}
	for _, s := range e.scripts {
		e.labels(s)
	}
	return e, nil
}

func (e *Edition) readFacts(source []byte, f *faults) {
	root, ok := parseYAML(factsFile, source, f)
	if !ok {
		return
	}
	o, ok := root.object("facts.yaml", factsKeys)
	if !ok {
		return
	}
	readFormat(o)
	list, ok := o.get("facts").object("facts", nil)
	if !ok {
		return
	}
	for _, entry := range list.entries {
		fact, ok := entry.object("a fact", factKeys)
		if !ok {
			continue
		}
		kind, about := fact.get("kind").text("kind"), fact.get("about").text("about")
		switch {
		case !slotName.MatchString(entry.key):
			f.add(entry.at, "%q: a fact is small letters, digits and _", entry.key)
		case slices.Contains(hostWords, entry.key) || entry.key == "missed" || entry.key == "known" || entry.key == "forget":
			f.add(entry.at, "%q is a word of the language and cannot be a fact", entry.key)
		case !slices.Contains(factKinds, kind):
			fact.get("kind").fault("a fact is %s", oneOf(factKinds))
		case about == "":
			f.add(entry.at, "about is missing: say in a line what the fact is")
		}
		e.facts[entry.key] = Fact{Kind: Kind(kind), About: about}
	}
}

// Editions are what a step may need: the current edition, and the one that the
// state's session is pinned to when that is another. A session whose edition
// is neither is broken: it ends, and a person is told.
type Editions struct{ Current, Pinned *Edition }

// DueEdition is the id of the edition that a step needs beside the current one,
// "" if none: that of the running session, or of the one whose last answer
// could be corrected.
func DueEdition(s State, current *Edition) string {
	if s.Session != nil && s.Session.Edition != current.id {
		return s.Session.Edition
	}
	if u := s.Undo; u != nil && u.Before.Session != nil && u.Before.Session.Edition != current.id {
		return u.Before.Session.Edition
	}
	return ""
}

var (
	errNoEdition = errors.New("dialogs: there is no current edition")
	errNoTime    = errors.New("dialogs: the event has no time or no zone")
)

// scaleButtons are the buttons of every scale.
var scaleButtons = func() []Choice {
	list := make([]Choice, 11)
	for i := range list {
		list[i] = Choice{Label: number(float64(i)), Value: number(float64(i))}
	}
	return list
}()

// labels prepares the buttons of every question in every language.
func (e *Edition) labels(s *Script) {
	for _, st := range s.steps {
		if st.does != doAsk || st.asks == askDate || st.asks == askText {
			continue
		}
		st.labels, st.options = make(map[string][]Choice), make(map[string][]reply.Option)
		for _, language := range append([]string{s.language}, e.languages...) {
			st.labels[language] = e.buttons(st, language)
			st.options[language] = st.optionsIn(language)
		}
		st.options[""] = st.optionsIn(s.language)
	}
}

func (e *Edition) buttons(st *step, language string) []Choice {
	none := Host{}
	switch st.asks {
	case askScale:
		return scaleButtons
	case askYesNo:
		return []Choice{{e.Phrase("yes", language, none, nil), "yes"}, {e.Phrase("no", language, none, nil), "no"}}
	}
	list := make([]Choice, len(st.choices))
	for i, c := range st.choices {
		list[i] = Choice{Label: c.label.template(language).text[0], Value: c.value}
	}
	return list
}

// dateOf is the date of an instant in a zone.
func dateOf(at time.Time, zone *time.Location) string { return at.In(zone).Format(time.DateOnly) }
