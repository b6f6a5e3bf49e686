package dialogs

// Between dialogs, and after a stop or a pause, every message of the person gets
// an answer. The same answer again and again would show a machine that does not
// listen, so the second time in a row another one is given that is as true.

// otherAnswer is that other answer.
var otherAnswer = map[string]string{"stopped": "noted", "paused": "noted", "old-button": "noted", "edited": "noted", "noted": "help", "media": "help"}

// notTwice is the phrase to say where this one is due.
func (t *turn) notTwice(key string) string {
	if other, ok := otherAnswer[key]; ok && t.s.Said == key && t.s.Session == nil {
		key = other
	}
	return key
}

// rememberSaid keeps what was said last for the next turn. A turn that says nothing
// changes nothing.
func (t *turn) rememberSaid() {
	for _, e := range t.out {
		switch e := e.(type) {
		case Say:
			t.s.Said = ""
			if key := e.Step; len(key) > len(phrasePath) && key[:len(phrasePath)] == phrasePath && otherAnswer[key[len(phrasePath):]] != "" {
				t.s.Said = key[len(phrasePath):]
			}
		case Ask:
			t.s.Said = ""
		}
	}
}

// phrasePath stands before the key of a phrase where a step would be named.
const phrasePath = "phrases/"
