package dialogs

// LanguageNamed tells whether a text is the name of a language of the edition,
// such as "Cymraeg" or "Welsh", and which: a person writes it to be spoken to
// in that language. A host gives that language with this event and with all
// later ones.
func (e *Edition) LanguageNamed(text string) (tag string, ok bool) {
	if len(text) > e.longestName {
		return "", false
	}
	tag, ok = e.named[fold(text)]
	return tag, ok
}

// nameLanguages lists how people may call the languages, where there are several.
func (e *Edition) nameLanguages() {
	if len(e.languages) == 0 {
		return
	}
	e.named = make(map[string]string)
	for _, tag := range e.Spoken() {
		names := append(splitList(e.phrases["language-also"].template(tag)), e.phrases["language"].template(tag).text[0])
		for _, name := range names {
			if _, taken := e.named[fold(name)]; !taken {
				e.named[fold(name)] = tag
				e.longestName = max(e.longestName, 2*len(name))
			}
		}
	}
}

// otherLanguages are the names of the languages beside the person's, each in
// itself, as a list in theirs.
func (e *Edition) otherLanguages(language string) string {
	var names []string
	for _, tag := range e.Spoken() {
		if tag != e.speaks(language) {
			names = append(names, e.phrases["language"].template(tag).text[0])
		}
	}
	return e.and(names, language)
}

// tellLanguages says how to change the language, where there are several.
func (t *turn) tellLanguages() {
	ed := t.eds.Current
	if len(ed.languages) == 0 {
		return
	}
	more := map[string]string{"languages": ed.otherLanguages(t.ev.Language)}
	t.out = append(t.out, Say{Text: ed.Phrase("language-help", t.ev.Language, t.ev.About, more), Step: "phrases/language-help"})
}

// speak takes the wish for another language. The host has seen to it already;
// whatever is open is shown again in that language.
func (t *turn) speak() bool {
	tag, ok := t.eds.Current.LanguageNamed(t.ev.Text)
	if !ok || t.ev.Kind != Replied {
		return false
	}
	t.ev.Language = tag
	t.record(Record{What: "wish", Name: "language", Value: &Value{Kind: Text, Text: tag}, Raw: t.ev.Text, Rule: "language"})
	switch {
	case t.s.Held:
		t.say("held", true)
	case t.s.Session != nil && t.lost():
		t.broken()
	default:
		t.phrase("language-changed")
	}
	return true
}
